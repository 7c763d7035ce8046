/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs files, and simple mutations of each, through a fuzz target: what is left of fuzzing without its engine. The
 * mutations are the same in every run. TAP. */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_MUTATIONS 2000

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static uint64_t random_state = 88172645463325252U;

/* xorshift64 (Marsaglia 2003): the same on every machine, unlike rand(). */
static uint64_t
next_random (void)
{
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}

static void
mutate (uint8_t *data,
        size_t  *size)
{
  static const uint8_t interesting[] = { 0x00, 0x01, 0x07, 0x08, 0x7f, 0x80, 0xff };
  unsigned             changes = 1 + (unsigned) (next_random () % 4);

  for (unsigned i = 0; i < changes && *size > 1; i++)
    {
      size_t place = 1 + (size_t) (next_random () % (*size - 1));

      switch (next_random () % 4)
        {
        case 0:
          data[place] ^= (uint8_t) (1U << (next_random () % 8));
          break;
        case 1:
          data[place] = interesting[next_random () % sizeof interesting];
          break;
        case 2:
          data[place] = (uint8_t) next_random ();
          break;
        default:
          if (next_random () % 8 == 0)
            *size = place;
          break;
        }
    }
}

static void
run_mutations (const uint8_t *data,
               size_t         size)
{
  for (unsigned i = 0; i < N_MUTATIONS && size > 0; i++)
    {
      uint8_t *copy = malloc (size);
      size_t   n = size;

      if (copy == NULL)
        abort ();
      memcpy (copy, data, size);
      mutate (copy, &n);
      LLVMFuzzerTestOneInput (copy, n);
      free (copy);
    }
}

static int
run_file (const char *path)
{
  FILE    *file = fopen (path, "rb");
  uint8_t *data;
  long     size;

  if (file == NULL || fseek (file, 0, SEEK_END) < 0 || (size = ftell (file)) < 0)
    return -1;
  rewind (file);
  data = malloc (size > 0 ? (size_t) size : 1);
  if (data == NULL || fread (data, 1, (size_t) size, file) != (size_t) size)
    return -1;
  fclose (file);
  LLVMFuzzerTestOneInput (data, (size_t) size);
  run_mutations (data, (size_t) size);
  free (data);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  DIR           *folder = argc == 2 ? opendir (argv[1]) : NULL;
  struct dirent *entry;
  unsigned       n = 0;
  int            failed = 0;

  if (folder == NULL)
    {
      fprintf (stderr, "usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  while ((entry = readdir (folder)) != NULL)
    {
      char path[4096];

      if (entry->d_name[0] == '.')
        continue;
      snprintf (path, sizeof path, "%s/%s", argv[1], entry->d_name);
      n++;
      if (run_file (path) < 0)
        failed = 1;
      printf ("%s %u - %s\n", failed ? "not ok" : "ok", n, entry->d_name);
      fflush (stdout);
    }
  closedir (folder);
  printf ("1..%u\n", n);
  return failed || n == 0;
}
