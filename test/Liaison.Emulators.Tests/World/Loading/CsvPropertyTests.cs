using FsCheck;
using FsCheck.Fluent;
using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.Tests.World.Loading;

public sealed class CsvPropertyTests
{
    private static readonly Gen<string> s_files =
        Gen.Elements('a', 'b', ',', ',', '"', '\n', '\n', ' ', ';', '\0', 'é').ArrayOf().Select(letters => "Name,Mail,Score\n" + string.Concat(letters));

    private static readonly CsvMap s_map = new(
        Delimiter: null, new HashSet<string>(), KeepRowOfTakenEmail: false, PadShortRows: false, Person: [], Properties: [], Constants: []);

    [Fact]
    public void Whatever_stands_in_a_file_its_rows_are_loaded_or_quarantined() =>
        Prop.ForAll(s_files.ToArbitrary(), csv =>
        {
            var load = LoadedFile.Load(csv);

            load.Rows.ShouldBe(load.World.People.Count + load.Quarantined.Count);
            load.Rows.ShouldBeLessThanOrEqualTo(csv.Split('\n').Length - 1);
            load.Repaired.ShouldAllBe(repair => repair.Line > 1);
            load.Quarantined.ShouldAllBe(row => row.Line > 1 && row.Text.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Whatever_stands_in_a_file_every_line_of_it_is_in_exactly_one_row() =>
        Prop.ForAll(s_files.ToArbitrary(), csv =>
        {
            var lines = csv.Split('\n');

            var table = new CsvTable(new CsvText(lines, Note: null), s_map);
            var rows = table.Rows.Select(row => (row.Line, row.Text)).Concat(table.Quarantined.Select(row => (row.Line, row.Text)));

            foreach (var (line, text) in rows)
            {
                var length = text.Split('\n').Length;
                string.Join('\n', lines.Skip(line - 1).Take(length)).ShouldBe(text);
                Array.Fill(lines, "", line - 1, length);
            }

            lines.Skip(1).ShouldAllBe(line => string.IsNullOrWhiteSpace(line));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
