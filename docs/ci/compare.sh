#!/usr/bin/env bash
# Says what a change means: compares each programme below a folder with how it was at a commit of its repository. Prints Markdown,
# fit for a comment. What has errors, and a file that is only a part of programmes, is left out: `milepost check` tells of it.
#   compare.sh COMMIT [FOLDER [CHANGES]]      CHANGES are those that may not happen, as `milepost diff --deny` takes them
set -euo pipefail
commit=$1 folder=${2:-.} deny=${3:-}
before=$(mktemp -d)
trap 'git worktree remove --force "$before/tree" 2> /dev/null || true; rm -rf "$before"' EXIT
git worktree add --quiet --detach "$before/tree" "$commit"
below=$(git rev-parse --show-prefix)
ended=0
while IFS= read -r -d '' programme; do
  old=$before/tree/$below$programme
  if [ -f "$old" ] &&
    milepost compile --quiet "$old" -o "$before/old.plan" > /dev/null 2>&1 &&
    milepost compile --quiet "$programme" -o "$before/new.plan" > /dev/null 2>&1 &&
    ! cmp -s "$before/old.plan" "$before/new.plan"
  then
    milepost diff "$old" "$programme" --format markdown ${deny:+--deny "$deny"} || ended=$?
  fi
done < <(find "$folder" -name '*.pathway' -print0 | sort -z)
exit "$ended"
