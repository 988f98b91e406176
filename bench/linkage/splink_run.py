"""Splink on DuckDB over the file of bench/linkage.ts, set up as its documentation advises, with the same fields.

Arguments: FILE.csv CLUSTERS.csv THREADS. Writes each record's cluster at a probability of one half, as the engine beside it does,
and then says "done" with its own measures: the clock stops there. The threshold that would have suited it best is looked for after that,
with the truth at hand. Every line of standard output is one JSON object.
"""

import json
import os
import resource
import sys
import tempfile

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FIRST_LETTER = "substr(given_name, 1, 1)"
BIRTH_YEAR = "year(birth_date)"
BIRTH_MONTH = "date_trunc('month', birth_date)"


def say(**fields):
    print(json.dumps(fields), flush=True)


def peak_bytes():
    """The highest resident size of this process; the figure of getrusage counts what stood here before exec, too."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        scale = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


SETTINGS = SettingsCreator(
    link_type="dedupe_only",
    unique_id_column_name="id",
    comparisons=[
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("family_name").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth_date", input_is_string=False),
        # Two strangers never hold one id in a sample of ten million pairs, so this u is set by hand, as the documentation advises.
        cl.DamerauLevenshteinAtThresholds("national_id", 1).configure(u_probabilities=[1e-8, 1e-6, 0.99999899]),
        cl.DamerauLevenshteinAtThresholds("phone", 1).configure(term_frequency_adjustments=True),
        cl.ExactMatch("sex"),
        cl.CustomComparison(
            output_column_name="place",
            comparison_levels=[
                cll.NullLevel("county"),
                cll.ExactMatchLevel("ward", term_frequency_adjustments=True),
                cll.ExactMatchLevel("county", term_frequency_adjustments=True),
                cll.ElseLevel(),
            ],
        ),
    ],
    # One key for each fault that copies have.
    blocking_rules_to_generate_predictions=[
        block_on("national_id"),
        block_on("phone"),
        block_on("birth_date", FIRST_LETTER),
        block_on("given_name", "family_name"),
        block_on("family_name", BIRTH_YEAR),
        block_on("given_name", BIRTH_MONTH),
    ],
    retain_intermediate_calculation_columns=False,
    retain_matching_columns=False,
)


def load(connection, path):
    connection.execute(
        """
        create table people as
        select cast(id as integer) as id, national_id, given_name, family_name, try_cast(birth_date as date) as birth_date,
            sex, phone, county, ward
        from read_csv($path, all_varchar = true, header = true, delim = ',', nullstr = '')
        """,
        {"path": path},
    )
    return connection.table("people")


def train(linker):
    linker.training.estimate_probability_two_random_records_match(
        [block_on("national_id", "birth_date"), block_on("given_name", "family_name", "birth_date")], recall=0.6
    )
    # "1e7 is often adequate", says the documentation, and 1e9 best: ten million is the fast end of its advice.
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in (
        block_on("birth_date", FIRST_LETTER),
        block_on("given_name", "family_name"),
        block_on("national_id"),
    ):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def best_threshold(edges, truth):
    """Joins clusters edge by edge from the surest on, counting right pairs: the exact best F1 over all thresholds.

    edges: (match_weight, id_l, id_r), surest first; truth: the person of each id.
    """
    parent = list(range(len(truth)))
    members = {}

    def root(at):
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    per_person = {}
    for person in truth:
        per_person[person] = per_person.get(person, 0) + 1
    wanted = sum(count * (count - 1) // 2 for count in per_person.values())
    found = right = 0
    best = {"f1": -1.0}
    last = None
    for weight, left, right_id in edges:
        if last is not None and weight != last:
            best = max(best, measure(found, right, wanted, last), key=lambda of: of["f1"])
        last = weight
        a, b = root(left), root(right_id)
        if a == b:
            continue
        of_a = members.pop(a, None) or {truth[a]: 1}
        of_b = members.pop(b, None) or {truth[b]: 1}
        found += sum(of_a.values()) * sum(of_b.values())
        if len(of_a) < len(of_b):
            a, b, of_a, of_b = b, a, of_b, of_a
        for person, count in of_b.items():
            right += count * of_a.get(person, 0)
            of_a[person] = of_a.get(person, 0) + count
        parent[b] = a
        members[a] = of_a
    return max(best, measure(found, right, wanted, last), key=lambda of: of["f1"])


def measure(found, right, wanted, weight):
    precision = right / found if found else 1.0
    recall = right / wanted if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    probability = None if weight is None else 1 / (1 + 2.0 ** -weight)
    return {"precision": precision, "recall": recall, "f1": f1, "threshold": probability, "weight": weight}


def main():
    path, clusters_path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        connection = duckdb.connect(":memory:", config={"threads": threads, "temp_directory": folder})
        api = DuckDBAPI(connection)
        say(stage="reading")
        linker = Linker(api.register(load(connection, path), dataset_display_name="records"), SETTINGS)
        say(stage="training")
        train(linker)
        say(stage="scoring")
        # A weight of -10 is a probability of about 0.001: what lies below can decide nothing.
        predictions = linker.inference.predict(threshold_match_weight=-10)
        say(stage="clustering")
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predictions, threshold_match_probability=0.5
        )
        connection.execute(
            f"copy (select id, cluster_id as cluster from {clusters.physical_name}) to '{clusters_path}' (header)"
        )
        say(stage="done", cpu=cpu_seconds(), peak=peak_bytes())

        pairs = linker.inference.compute_blocked_pairs_for_predict()
        counted = connection.execute(f"select count(*) from {pairs.physical_name}").fetchone()[0]
        edges = connection.execute(
            f"select match_weight, id_l, id_r from {predictions.physical_name} order by match_weight desc"
        ).fetchall()
        truth = connection.execute(
            "select person from read_csv($path, header = true, delim = ',') order by id", {"path": path}
        ).fetchall()
        say(stage="judged", pairs=counted, edges=len(edges), best=best_threshold(edges, [row[0] for row in truth]))


if __name__ == "__main__":
    main()
