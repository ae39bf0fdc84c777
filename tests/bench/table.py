"""Documents that were made already to a data frame: cells a second.

    python tests/bench/table.py [rows]

Each round reads the same table into every library; the best of the rounds counts.
"""

import sys
import time

import tintuc

PAGE = (
    "Hội đàm cấp cao\nHà Nội, 15/9 - Chiều 15/9, Đại tướng Phan Văn Giang, Bộ trưởng Bộ Quốc phòng Việt Nam, hội đàm với "
    "Bộ trưởng Quốc phòng Nhật Bản Kishi Nobuo. Hai bên ký thỏa thuận trị giá 2,35 tỷ đồng, tăng 4,5% so với năm 2020."
)
ROUNDS = 5


def rows_of(table):
    """The least that a reader does: pull the batches."""
    import pyarrow

    return sum(len(batch) for batch in pyarrow.RecordBatchReader.from_stream(table))


def main(rows):
    doc = tintuc.load()(PAGE)
    docs = [doc] * (rows // len(doc.entities) + 1)
    table = tintuc.table(docs)
    readers = {
        "batches alone": rows_of,
        "polars": lambda table: len(table.to_polars()),
        "pandas": lambda table: len(table.to_pandas()),
        "pyarrow": lambda table: len(table.to_arrow()),
    }
    best = dict.fromkeys(readers, float("inf"))
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            start = time.perf_counter()
            got = reader(table)
            best[name] = min(best[name], time.perf_counter() - start)
            assert got == len(docs) * len(doc.entities)
    cells = got * len(table.columns)
    print(f"{got} rows, {len(table.columns)} columns")
    for name, seconds in best.items():
        print(f"{name:14} {seconds:7.3f} s  {cells / seconds / 1e6:7.1f} million cells a second")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
