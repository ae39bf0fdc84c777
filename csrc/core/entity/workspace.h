/* workspace.h - what one tagging run writes to, kept for the next run: threads that share a tagger each take one. */
#ifndef TT_ENTITY_WORKSPACE_H
#define TT_ENTITY_WORKSPACE_H

#include "entity/layer_run.h"

#include "tintuc/entity.h"

typedef struct tt_workspace {
    struct tt_workspace *next;
    tt_layer_run layers[2]; /* outermost mentions; what lies in a mention */
    tt_seen names;
    tt_word_notes notes;
    tt_atom *atoms;
    float *chances;
    uint16_t *states[TT_ENTITY_DEPTH]; /* results of a depth are read while deeper ones are made */
    size_t atom_cap, chance_cap, state_caps[TT_ENTITY_DEPTH];
} tt_workspace;

typedef struct tt_workspaces tt_workspaces; /* opaque; as many as runs at one time */

/* The chains must outlive it. TT_ENOMEM. */
tt_status tt__workspaces_open(tt_workspaces **out, const tt_crf *outer, const tt_crf *inner);
void tt__workspaces_close(tt_workspaces *self); /* NULL is fine; all must have been given back */
/* Safe from any thread. NULL: no memory. */
tt_workspace *tt__workspace_take(tt_workspaces *self);
void tt__workspace_give(tt_workspaces *self, tt_workspace *workspace);

#endif
