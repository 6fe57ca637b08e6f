#!/bin/sh
# The first corpus of each fuzz target, from the example programmes and their records. Writes below `corpus`, which is
# not kept. Seeds that are kept stand in `seeds`.
set -eu
cd "$(dirname "$0")"
pathways=../../pathways/teaching_matters
mkdir -p corpus/parse corpus/compile corpus/decode corpus/evaluate corpus/plan corpus/verify corpus/allocations
for file in "$pathways"/*.pathway "$pathways"/common/*.pathway; do
  cp "$file" corpus/parse/
  cp "$file" corpus/compile/
done
cp ../plans/format-2/*.plan corpus/plan/
cp ../receipts/*/receipt.json corpus/verify/
cp seeds/allocations/outcome corpus/allocations/
for record in "$pathways"/records/*/*.json; do
  programme=$(basename "$(dirname "$record")")
  name=$(basename "$record" .json)
  cp "$record" corpus/decode/
  { cat "$pathways/$programme.pathway"; printf '\0'; cat "$record"; } >"corpus/evaluate/$name"
done
