using FsCheck;
using FsCheck.Fluent;

namespace Liaison.Emulators.Tests.World.Loading;

public sealed class CsvPropertyTests
{
    private static readonly Gen<string> s_files =
        Gen.Elements('a', 'b', ',', ',', '"', '\n', '\n', ' ', ';', '\0', 'é').ArrayOf().Select(letters => "Name,Mail,Score\n" + string.Concat(letters));

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
}
