using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.Tests.World.Loading;

public sealed class CsvMapTests
{
    private const string Csv = "Name,Mail,Score\nAnn,a@x.test,1\n";

    [Theory]
    [InlineData("", "map.yaml is empty")]
    [InlineData("person:\n  first_name: Nmae\n", "line 2: ", "has no column 'Nmae'; expected one of Name, Mail, Score.")]
    [InlineData("person:\n  nickname: Name\n", "line 2: 'nickname' is no field of a person; expected one of city, country,")]
    [InlineData("persons:\n  first_name: Name\n", "line 2: 'persons' is not known here; expected delimiter,")]
    [InlineData("person: Name\n", "line 1: expected a mapping of names.")]
    [InlineData("person:\n  first_name: [Name]\n", "line 2: expected a single value.")]
    [InlineData("properties:\n  score:\n    type: number\n", "line 3: the property 'score' expects a 'column'.")]
    [InlineData("properties:\n  score:\n    column: Score\n    type: money\n", "line 4: 'money' is not known here; expected text, number, flag, enumeration.")]
    [InlineData("properties:\n  My Score:\n    column: Score\n", "'My Score' is no native name")]
    [InlineData("person:\n  email: Mail\nconstants:\n  lead_status: Fresh\n", "line 4: 'Fresh' does not fit 'lead_status'; expected NEW,")]
    [InlineData("person:\n  email: Mail\nno_value: Select\n", "line 3: expected a list.")]
    [InlineData("person:\n  email: [Mail\n", "expected YAML")]
    [InlineData("constants:\n  lead_status: NEW\n", "expected at least one column under 'person' or 'properties'.")]
    public void A_wrong_map_is_refused_with_its_line_and_what_was_expected(string map, params string[] expected)
    {
        var refused = Should.Throw<WorldLoadException>(() => LoadedFile.Load(Csv, map));

        foreach (var part in expected)
        {
            refused.Message.ShouldContain(part);
        }
    }

    [Fact]
    public void A_missing_or_empty_file_is_refused_in_one_sentence()
    {
        using var file = new LoadedFile();
        File.WriteAllText(file.MapPath, LoadedFile.PlainMap);

        Should.Throw<WorldLoadException>(() => CsvContacts.Load(file.CsvPath, file.MapPath, Worlds.Now))
            .Message.ShouldBe($"{file.CsvPath} does not exist; expected a CSV file.");
        Should.Throw<WorldLoadException>(() => CsvContacts.Load(file.CsvPath, file.CsvPath, Worlds.Now))
            .Message.ShouldBe($"{file.CsvPath} does not exist; expected a map file.");
        Should.Throw<WorldLoadException>(() => LoadedFile.Load(" \n\n"))
            .Message.ShouldEndWith("is empty; expected a header line with column names.");
    }

    [Fact]
    public void Options_come_from_the_map_or_else_from_the_file()
    {
        const string Map = "properties:\n  name:\n    column: Name\n    type: enumeration\n";

        var open = LoadedFile.Load(Csv, Map);
        var closed = LoadedFile.Load(Csv, Map + "    options: [Bob]\n");

        open.Properties.Single().ShouldSatisfyAllConditions(
            property => property.Label.ShouldBe("Name"),
            property => property.Kind.ShouldBe(LoadedKind.Option),
            property => property.Options.ShouldBe(["Ann"]));
        closed.Properties.Single().Options.ShouldBe(["Bob"]);
        closed.Repaired.Single().Why.ShouldBe("its value does not fit; expected Bob");
    }

    [Fact]
    public void Columns_are_found_without_regard_to_case()
    {
        var load = LoadedFile.Load(Csv, "delimiter: \",\"\nperson:\n  first_name: NAME\nconstants:\n  lead_status: OPEN\n");

        load.World.People.Single().FirstName.ShouldBe("Ann");
        load.World.People.Single().LeadStatus.ShouldBe("OPEN");
    }
}
