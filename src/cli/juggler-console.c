/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-console.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "juggler-format.h"
#include "juggler-table.h"
#include "juggler-writer.h"

#define BUFFER_BYTES 16384U
#define USUAL_COLUMNS 80U

struct _JugglerConsole
{
  gboolean output_is_terminal;
  gboolean colour;
  gboolean many_colours;
  gboolean progress;
  gboolean progress_shown;
  GString *buffer; /* for stdout, not yet written */
  int      failed; /* errno of the first write to stdout that failed; ECANCELED: given up */
  gboolean failure_said;
  gboolean errors_given_up; /* nobody reads stderr, and Ctrl+C came */
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

  console->buffer = g_string_new (NULL);
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
  g_string_free (console->buffer, TRUE);
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

/* The UTF-8 text in the locale's encoding; what that lacks becomes a question mark. Returns: (transfer full). */
static char *
convert (const char *text)
{
  const char *charset = NULL;
  char       *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  return converted != NULL ? converted : g_strdup (text);
}

/* What stderr does not take cannot be told anywhere. */
static void
write_error (JugglerConsole *console,
             const char     *text)
{
  g_autofree char *converted = convert (text);

  if (!console->errors_given_up)
    console->errors_given_up = juggler_writer_write (STDERR_FILENO, converted, strlen (converted)) == ECANCELED;
}

/* Hands over what is in the buffer; after the first failure nothing more. */
static void
empty_buffer (JugglerConsole *console)
{
  if (console->failed == 0)
    console->failed = juggler_writer_write (STDOUT_FILENO, console->buffer->str, console->buffer->len);
  g_string_truncate (console->buffer, 0);
}

/* Writes to stdout, in the locale's encoding. */
void
juggler_console_write (JugglerConsole *console,
                       const char     *text)
{
  g_autofree char *converted = convert (text);

  juggler_console_write_raw (console, converted);
}

/* Writes to stdout in UTF-8, whatever the locale: JSON. */
void
juggler_console_write_raw (JugglerConsole *console,
                           const char     *text)
{
  juggler_console_progress (console, NULL);
  g_string_append (console->buffer, text);
  if (console->buffer->len >= BUFFER_BYTES)
    empty_buffer (console);
}

/* Returns whether all that was written has arrived; if not, it says so once on stderr. What Ctrl+C made it give up is
 * no failure: nobody waits for it any more. */
gboolean
juggler_console_flush (JugglerConsole *console)
{
  empty_buffer (console);
  if (console->failed == 0 || console->failed == ECANCELED)
    return TRUE;
  if (!console->failure_said)
    {
      console->failure_said = TRUE;
      juggler_console_error (console, _("The output cannot be written: %s"), g_strerror (console->failed));
    }
  return FALSE;
}

/* How many columns a line on stderr may fill without a line break: in the last one some terminals break already. */
static guint
get_columns (void)
{
  struct winsize size = { .ws_col = 0 };

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
    size.ws_col = USUAL_COLUMNS;
  return size.ws_col - 1U;
}

/* Shows a line that the next line takes the place of; NULL takes it away. It is cut to the terminal's width, since only
 * one line can be taken away. Nothing where stderr is no terminal. */
void
juggler_console_progress (JugglerConsole *console,
                          const char     *text)
{
  g_autofree char *shown = NULL;
  g_autofree char *line = NULL;

  if (!console->progress || (text == NULL && !console->progress_shown))
    return;
  shown = text != NULL ? juggler_text_cut (text, get_columns ()) : NULL;
  line = g_strconcat (JUGGLER_CONSOLE_NO_PROGRESS, shown, NULL);
  write_error (console, line);
  console->progress_shown = text != NULL;
}

/* Writes one line to stderr. */
void
juggler_console_error (JugglerConsole *console,
                       const char     *format,
                       ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  juggler_console_progress (console, NULL);
  empty_buffer (console);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (text, "\n", NULL);
  write_error (console, line);
}
