/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-json.h: a JSON text as a tree in which every value and key knows where it stands.
 *
 * json-glib keeps no positions, takes the last of duplicate keys, turns 2^63 into -2^63 and crashes on 100 000 `[`;
 * this reader is strict (RFC 8259) and iterative. Nodes live as long as the JugglerJson they were read into. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JUGGLER_JSON_MAX_NESTING 64U
#define JUGGLER_JSON_MAX_BYTES (16U * 1024U * 1024U)
#define JUGGLER_JSON_MAX_FAULTS 100000U
#define JUGGLER_JSON_MAX_FAULT_BYTES (64U * 1024U * 1024U) /* of paths and messages: a path can be as long as a text */

typedef enum
{
  JUGGLER_JSON_NULL,
  JUGGLER_JSON_BOOLEAN,
  JUGGLER_JSON_INTEGER,  /* fits 64 bits, written without fraction and exponent */
  JUGGLER_JSON_FRACTION, /* a number with a fraction or an exponent */
  JUGGLER_JSON_HUGE,     /* an integer that does not fit 64 bits */
  JUGGLER_JSON_TEXT,
  JUGGLER_JSON_ARRAY,
  JUGGLER_JSON_OBJECT,
} JugglerJsonKind;

typedef struct
{
  const char *name;
  guint32     begin;  /* the opening quote */
  gboolean    is_bad; /* what it is called is not a text: that is a fault, and nothing else is said of it */
} JugglerJsonKey;

typedef struct _JugglerJsonNode JugglerJsonNode;

struct _JugglerJsonNode
{
  JugglerJsonNode *next;   /* the next in the same array or object */
  JugglerJsonNode *parent; /* NULL: the root, or cut off */
  JugglerJsonKey  *key;    /* of an object's member */
  union
  {
    gint64           integer; /* of a boolean too; of HUGE the nearest */
    gdouble          fraction;
    const char      *text;
    JugglerJsonNode *first; /* of an array or object */
  } value;
  guint32 begin;  /* bytes in the text of its source */
  guint32 end;
  guint32 number; /* of a step; 0 is no number, the first step is 1 */
  guint32 index;  /* of an array's element: how many stand before it */
  guint16 source; /* of which of a document's texts it is a part; the reader writes 0 */
  guint8  kind;   /* JugglerJsonKind */
  guint8  flags;  /* JUGGLER_JSON_FLAG_* */
};

#define JUGGLER_JSON_FLAG_CHANGED 1U /* something inside was replaced or added */
#define JUGGLER_JSON_FLAG_REMOVED 2U /* something directly inside was removed: it is laid out anew */
#define JUGGLER_JSON_FLAG_ADDED 4U   /* it stands where its parent's text has nothing */
#define JUGGLER_JSON_FLAG_BAD 8U     /* a text with what is no character: that is a fault, and nothing else is said */

typedef struct
{
  guint32  offset; /* bytes in the text */
  gboolean is_end; /* what follows could not be read */
  char    *path;   /* RFC 6901 */
  char    *message;
  const JugglerJsonNode *node; /* the fault is gone when this is no longer in the document; NULL: it stays */
} JugglerJsonFault;

typedef struct
{
  GBytes          *bytes;
  JugglerJsonNode *root;   /* NULL if the text could not be read to its end */
  GArray          *faults; /* JugglerJsonFault */
  gsize            n_fault_bytes;
  GPtrArray       *chunks;
  char            *free_space;
  gsize            n_free;
} JugglerJson;

/* Reads a text. There is always a result; what is wrong is in its faults. Any thread. */
JugglerJson     *juggler_json_read            (GBytes                *bytes) G_GNUC_WARN_UNUSED_RESULT;
void             juggler_json_free            (JugglerJson           *self);

/* Memory that lives as long as the tree, aligned for everything in it. */
gpointer         juggler_json_allocate        (JugglerJson           *self,
                                               gsize                  size);
/* Takes the fault's strings. Not when it is full, which it is with one fault more than are listed: so that it can be
 * said that there are more. */
void             juggler_json_add_fault       (JugglerJson           *self,
                                               const JugglerJsonFault *fault);
gboolean         juggler_json_is_full         (const JugglerJson     *self);

const char      *juggler_json_get_text        (const JugglerJson     *self); /* not NUL-terminated */
gboolean         juggler_json_is_container    (const JugglerJsonNode *node);
JugglerJsonNode *juggler_json_find            (const JugglerJsonNode *object,
                                               const char            *name);
guint            juggler_json_count           (const JugglerJsonNode *container);

/* The node after this one when all are visited, a container before what is in it; NULL after the last in `top`. */
JugglerJsonNode *juggler_json_walk            (const JugglerJsonNode *node,
                                               const JugglerJsonNode *top);

/* RFC 6901: the path of a node, and of a member that the node (or NULL: nothing) has or has not. */
char            *juggler_json_dup_path        (const JugglerJsonNode *node) G_GNUC_WARN_UNUSED_RESULT;
char            *juggler_json_dup_member_path (const JugglerJsonNode *node,
                                               const char            *name) G_GNUC_WARN_UNUSED_RESULT;

/* Moves a place in a text forward to `offset`, which must not lie before it. Lines and columns (of code points) count
 * from 1. */
typedef struct
{
  gsize offset;
  guint line;
  guint column;
} JugglerJsonPlace;

#define JUGGLER_JSON_PLACE_INIT { 0, 1, 1 }

void             juggler_json_place_advance   (JugglerJsonPlace      *place,
                                               GBytes                *bytes,
                                               gsize                  offset);

/* For messages: a text in quotes, what would break a line escaped, and cut short if it is long. */
char            *juggler_json_quote           (const char            *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same without quotes and not cut as short, for paths. */
char            *juggler_json_escape          (const char            *text,
                                               gsize                  max_length) G_GNUC_WARN_UNUSED_RESULT;
/* A JSON text, quotes included. */
void             juggler_json_append_text     (GString               *out,
                                               const char            *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerJson, juggler_json_free)

G_END_DECLS
