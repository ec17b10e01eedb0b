"""tantivy, a search library of its own kind: an index beside the notes, in memory-mapped files."""

import json
import re
import resource
import sys
import time
from pathlib import Path

import tantivy

folder, what, told = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
builder = tantivy.SchemaBuilder()
builder.add_integer_field("happened", stored=True, fast=True)
builder.add_text_field("text", stored=True)
builder.add_text_field("tags", stored=True, tokenizer_name="raw")
schema = builder.build()

if what == "fill":
    begun = time.perf_counter()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    with Path(told).open() as file:
        for line in file:
            row = json.loads(line)
            text = f"{row['title']}\n{row['text']}"
            document = tantivy.Document(happened=row["happened"], text=text, tags=row["tags"])
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    taken = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "MiB": memory}))
else:
    index = tantivy.Index(schema, path=str(folder))
    searcher = index.searcher()
    times = []
    for question in json.load(sys.stdin):
        begun = time.perf_counter()
        parts = [tantivy.Query.term_query(schema, "text", word) for word in question["words"]]
        if question.get("prefix"):
            pattern = re.escape(question["words"][-1]) + ".*"
            parts[-1] = tantivy.Query.regex_query(schema, "text", pattern)
        if question.get("tag"):
            parts.append(tantivy.Query.term_query(schema, "tags", question["tag"]))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        found = searcher.search(query, 50, order_by_field="happened").hits
        for _score, address in found:
            searcher.doc(address)
        times.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(times))
