/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-console.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "juggler-format.h"

struct _JugglerConsole
{
  gboolean output_is_terminal;
  gboolean colour;
  gboolean many_colours;
  gboolean progress;
  gboolean progress_shown;
  int      failed; /* errno of the first write to stdout that failed */
  gboolean failure_said;
};

/* The five colours of the window's palette, as near as a terminal has them on a light and on a dark ground. */
static const char *const styles_256[] = {
  "\033[38;5;69m", "\033[38;5;172m", "\033[38;5;36m", "\033[38;5;133m", "\033[38;5;38m",
};
static const char *const styles_8[] = { "\033[34m", "\033[33m", "\033[32m", "\033[35m", "\033[36m" };

static gboolean
terminal_can (int         fd,
              const char *terminal)
{
  return isatty (fd) && terminal != NULL && terminal[0] != '\0' && strcmp (terminal, "dumb") != 0;
}

/* Colour is for terminals, and not for those who ask for none (https://no-color.org). */
JugglerConsole *
juggler_console_new (void)
{
  JugglerConsole *console = g_new0 (JugglerConsole, 1);
  const char     *terminal = g_getenv ("TERM");
  const char     *no_colour = g_getenv ("NO_COLOR");
  const char     *colours = g_getenv ("COLORTERM");

  console->output_is_terminal = isatty (STDOUT_FILENO);
  console->colour = terminal_can (STDOUT_FILENO, terminal) && (no_colour == NULL || no_colour[0] == '\0');
  console->many_colours = (terminal != NULL && strstr (terminal, "256color") != NULL)
                          || (colours != NULL && colours[0] != '\0');
  console->progress = terminal_can (STDERR_FILENO, terminal);
  return console;
}

void
juggler_console_free (JugglerConsole *console)
{
  juggler_console_progress (console, NULL);
  g_free (console);
}

gboolean
juggler_console_has_colour (JugglerConsole *console)
{
  return console->colour;
}

/* Whether a progress line would be seen. */
gboolean
juggler_console_has_progress (JugglerConsole *console)
{
  return console->progress;
}

/* The colour of a worker: five in turn, main (0) in the terminal's own ink. */
const char *
juggler_console_get_style (JugglerConsole *console,
                           guint           worker)
{
  if (!console->colour)
    return "";
  if (worker == 0)
    return "\033[1m";
  return console->many_colours ? styles_256[(worker - 1) % G_N_ELEMENTS (styles_256)]
                               : styles_8[(worker - 1) % G_N_ELEMENTS (styles_8)];
}

const char *
juggler_console_get_strong (JugglerConsole *console)
{
  return console->colour ? "\033[1m" : "";
}

const char *
juggler_console_get_dim (JugglerConsole *console)
{
  return console->colour ? "\033[2m" : "";
}

const char *
juggler_console_get_lost (JugglerConsole *console)
{
  return console->colour ? "\033[1;31m" : "";
}

const char *
juggler_console_get_reset (JugglerConsole *console)
{
  return console->colour ? "\033[0m" : "";
}

/* A text with numbers for people as it goes to stdout: as it is on a terminal, plain for other programs. Returns:
 * (transfer full). */
char *
juggler_console_localize (JugglerConsole *console,
                          const char     *text)
{
  return console->output_is_terminal ? g_strdup (text) : juggler_format_plain (text);
}

/* Writes the UTF-8 text to `stream` in the locale's encoding; what that lacks becomes a question mark. */
static void
write_converted (FILE       *stream,
                 const char *text)
{
  const char       *charset = NULL;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  fputs (converted != NULL ? converted : text, stream);
}

static void
check_output (JugglerConsole *console,
              gboolean        ok)
{
  if (!ok && console->failed == 0)
    console->failed = errno != 0 ? errno : EIO;
}

/* Writes to stdout, in the locale's encoding. */
void
juggler_console_write (JugglerConsole *console,
                       const char     *text)
{
  juggler_console_progress (console, NULL);
  errno = 0;
  write_converted (stdout, text);
  check_output (console, !ferror (stdout));
}

/* Writes to stdout in UTF-8, whatever the locale: JSON. */
void
juggler_console_write_raw (JugglerConsole *console,
                           const char     *text)
{
  juggler_console_progress (console, NULL);
  errno = 0;
  check_output (console, fputs (text, stdout) >= 0);
}

/* Returns whether all that was written has arrived; if not, it says so once on stderr. */
gboolean
juggler_console_flush (JugglerConsole *console)
{
  errno = 0;
  check_output (console, fflush (stdout) == 0);
  if (console->failed != 0 && !console->failure_said)
    {
      console->failure_said = TRUE;
      juggler_console_error (console, _("The output cannot be written: %s"), g_strerror (console->failed));
    }
  return console->failed == 0;
}

/* Shows a line that the next line takes the place of; NULL takes it away. Nothing where stderr is no terminal. */
void
juggler_console_progress (JugglerConsole *console,
                          const char     *text)
{
  if (!console->progress || (text == NULL && !console->progress_shown))
    return;
  fputs ("\r\033[K", stderr);
  if (text != NULL)
    write_converted (stderr, text);
  fflush (stderr);
  console->progress_shown = text != NULL;
}

/* Writes one line to stderr. */
void
juggler_console_error (JugglerConsole *console,
                       const char     *format,
                       ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  juggler_console_progress (console, NULL);
  fflush (stdout);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  write_converted (stderr, text);
  fputc ('\n', stderr);
  fflush (stderr);
}
