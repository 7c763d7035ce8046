/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* main.c: juggler-cli, experiments without a window. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "juggler-arguments.h"
#include "juggler-console.h"
#include "juggler-documents.h"
#include "juggler-run-command.h"

/* Whoever starts us with stdout closed would else find the run's socket there, and we would print into it. A write to
 * what is opened here fails, as it should. */
static void
fill_standard_descriptors (void)
{
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF && open ("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
      _exit (JUGGLER_EXIT_OTHER);
}

static void
set_up_language (void)
{
  const char *folder = g_getenv ("JUGGLER_LOCALE_DIR");

  setlocale (LC_ALL, "");
  /* The C locale is what is there when nobody has chosen; its ASCII would spoil every text that is not English. */
  if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  /* printf and strtod as in files. */
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL && folder[0] != '\0' ? folder : JUGGLER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

static void
print_help (JugglerConsole *console)
{
  juggler_console_write (
      console, _("Usage:\n"
                 "  juggler-cli run FILE [--json] [--runs N] [--set PATH=VALUE]… [--timeline OUT.json]\n"
                 "  juggler-cli check FILE…\n"
                 "  juggler-cli --help | --version\n"
                 "\n"
                 "Runs an experiment with concurrent tasks in real processes and threads, and says what\n"
                 "happened. A FILE of “-” is standard input.\n"
                 "\n"
                 "  run                run an experiment\n"
                 "    --json           write the result as one JSON object a run, and nothing else\n"
                 "    --runs N         run it N times\n"
                 "    --set PATH=VALUE change the experiment first: --set /settings/cores=1\n"
                 "    --timeline FILE  write who ran when as trace events, which Perfetto opens\n"
                 "  check              say what is wrong with experiments, and where\n"
                 "\n"
                 "Exit status: 0 the experiment ran, 1 something else went wrong, 2 bad usage or a bad\n"
                 "document, 3 the machine refused, 130 interrupted by Ctrl+C.\n"));
}

static JugglerExit
execute (JugglerConsole   *console,
         JugglerArguments *arguments)
{
  switch (arguments->command)
    {
    case JUGGLER_COMMAND_RUN:
      return juggler_run_command (console, arguments);
    case JUGGLER_COMMAND_CHECK:
      return juggler_check_command (console, arguments);
    case JUGGLER_COMMAND_VERSION:
      juggler_console_write (console, "juggler-cli " JUGGLER_VERSION "\n");
      break;
    case JUGGLER_COMMAND_HELP:
    default:
      print_help (console);
      break;
    }
  return juggler_console_flush (console) ? JUGGLER_EXIT_RAN : JUGGLER_EXIT_OTHER;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JugglerArguments) arguments = NULL;
  g_autoptr (JugglerConsole) console = NULL;
  g_autofree char *fault = NULL;

  fill_standard_descriptors ();
  /* A reader that went away and a file that may not grow are errors of writing, which are told. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  set_up_language ();
  console = juggler_console_new ();
  arguments = juggler_arguments_parse (argc, argv, &fault);
  if (arguments == NULL)
    {
      /* Translators: what is wrong with the command line, without a full stop. */
      juggler_console_error (console, _("juggler-cli: %s. Try --help."), fault);
      return JUGGLER_EXIT_USAGE;
    }
  return (int) execute (console, arguments);
}
