/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-arguments.h"

#include <string.h>

#include <glib/gi18n-lib.h>

void
juggler_arguments_free (JugglerArguments *arguments)
{
  g_ptr_array_unref (arguments->files);
  g_ptr_array_unref (arguments->settings);
  g_free (arguments->timeline);
  g_free (arguments);
}

static char *
parse_runs (JugglerArguments *arguments,
            const char       *value)
{
  guint64 runs = 0;

  if (!g_ascii_string_to_unsigned (value, 10, 1, JUGGLER_MAX_RUNS, &runs, NULL))
    return g_strdup_printf (_("--runs takes a whole number from 1 to %u, not “%s”"), JUGGLER_MAX_RUNS, value);
  arguments->runs = (guint) runs;
  return NULL;
}

static char *
parse_setting (JugglerArguments *arguments,
               const char       *value)
{
  if (strchr (value, '=') == NULL)
    return g_strdup_printf (_("--set takes PATH=VALUE, not “%s”"), value);
  g_ptr_array_add (arguments->settings, g_strdup (value));
  return NULL;
}

/* Takes one option that has a value. Returns what is wrong, or NULL; *known tells whether there is such an option. */
static char *
parse_valued (JugglerArguments *arguments,
              const char       *name,
              const char       *value,
              gboolean         *known)
{
  gboolean is_runs = strcmp (name, "--runs") == 0;
  gboolean is_set = strcmp (name, "--set") == 0;
  gboolean is_timeline = strcmp (name, "--timeline") == 0;

  *known = is_runs || is_set || is_timeline;
  if (!*known)
    return NULL;
  if (arguments->command != JUGGLER_COMMAND_RUN)
    return g_strdup_printf (_("%s belongs to “run”"), name);
  if (value == NULL || value[0] == '\0')
    return g_strdup_printf (_("%s needs a value"), name);
  if (is_runs)
    return parse_runs (arguments, value);
  if (is_set)
    return parse_setting (arguments, value);
  g_free (arguments->timeline);
  arguments->timeline = g_strdup (value);
  return NULL;
}

/* Takes the option argv[*place], and its value where that stands alone. */
static char *
parse_option (JugglerArguments *arguments,
              int               argc,
              char            **argv,
              int              *place)
{
  const char       *option = argv[*place];
  const char       *equals = strchr (option, '=');
  g_autofree char *name = equals != NULL ? g_strndup (option, (gsize) (equals - option)) : g_strdup (option);
  const char       *value = equals != NULL ? equals + 1 : *place + 1 < argc ? argv[*place + 1] : NULL;
  gboolean          known = FALSE;
  char             *fault;

  if (strcmp (option, "--json") == 0)
    {
      if (arguments->command != JUGGLER_COMMAND_RUN)
        return g_strdup_printf (_("%s belongs to “run”"), option);
      arguments->json = TRUE;
      return NULL;
    }
  fault = parse_valued (arguments, name, value, &known);
  if (!known)
    return g_strdup_printf (_("There is no option “%s”"), option);
  if (equals == NULL)
    (*place)++;
  return fault;
}

static char *
check_arguments (JugglerArguments *arguments)
{
  if (arguments->command == JUGGLER_COMMAND_CHECK && arguments->files->len == 0)
    return g_strdup (_("“check” needs a file"));
  if (arguments->command == JUGGLER_COMMAND_RUN && arguments->files->len == 0)
    return g_strdup (_("“run” needs a file"));
  if (arguments->command == JUGGLER_COMMAND_RUN && arguments->files->len > 1)
    return g_strdup_printf (_("“run” takes one file, and “%s” is a second one"),
                            (const char *) g_ptr_array_index (arguments->files, 1));
  if (arguments->timeline != NULL && arguments->runs > 1)
    return g_strdup (_("--timeline writes one run, --runs asks for more"));
  return NULL;
}

/* Takes the words behind the command. */
static char *
parse_words (JugglerArguments *arguments,
             int               argc,
             char            **argv)
{
  gboolean options = TRUE;

  for (int i = 2; i < argc; i++)
    {
      char *fault = NULL;

      if (options && (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0))
        {
          arguments->command = JUGGLER_COMMAND_HELP;
          return NULL;
        }
      if (options && strcmp (argv[i], "--") == 0)
        options = FALSE;
      else if (options && argv[i][0] == '-' && argv[i][1] != '\0')
        fault = parse_option (arguments, argc, argv, &i);
      else if (argv[i][0] == '\0')
        fault = g_strdup (_("A file name is empty"));
      else
        g_ptr_array_add (arguments->files, g_strdup (argv[i]));
      if (fault != NULL)
        return fault;
    }
  return check_arguments (arguments);
}

/* Reads the command line. Returns: (transfer full) (nullable): what it asks for, or NULL with one line without a full
 * stop in *fault that says what is wrong. */
JugglerArguments *
juggler_arguments_parse (int    argc,
                         char **argv,
                         char **fault)
{
  g_autoptr (JugglerArguments) arguments = g_new0 (JugglerArguments, 1);
  const char *command = argc > 1 ? argv[1] : NULL;

  *fault = NULL;
  arguments->files = g_ptr_array_new_with_free_func (g_free);
  arguments->settings = g_ptr_array_new_with_free_func (g_free);
  arguments->runs = 1;
  if (command == NULL)
    *fault = g_strdup (_("A command is missing: “run” or “check”"));
  else if (strcmp (command, "--help") == 0 || strcmp (command, "-h") == 0 || strcmp (command, "help") == 0)
    arguments->command = JUGGLER_COMMAND_HELP;
  else if (strcmp (command, "--version") == 0)
    arguments->command = JUGGLER_COMMAND_VERSION;
  else if (strcmp (command, "run") == 0 || strcmp (command, "check") == 0)
    {
      arguments->command = command[0] == 'r' ? JUGGLER_COMMAND_RUN : JUGGLER_COMMAND_CHECK;
      *fault = parse_words (arguments, argc, argv);
    }
  else if (command[0] == '-')
    *fault = g_strdup_printf (_("There is no option “%s”"), command);
  else
    *fault = g_strdup_printf (_("There is no command “%s”"), command);
  return *fault == NULL ? g_steal_pointer (&arguments) : NULL;
}
