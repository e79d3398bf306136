using Liaison.Emulators.World.Loading;

namespace Liaison.Emulators.Tests.World.Loading;

public sealed class LeadFileTests
{
    [Fact]
    public void The_public_lead_file_loads_all_rows_of_which_338_are_repaired_and_none_is_lost()
    {
        var load = Load();

        load.Rows.ShouldBe(9_240);
        load.RepairedRows.ShouldBe(338);
        load.Repaired.Count.ShouldBe(338);
        load.Repaired.ShouldAllBe(repair => repair.Why == "the whole row was wrapped in quotes");
        load.Repaired[0].Line.ShouldBe(24);
        load.Quarantined.ShouldBeEmpty();
        load.World.People.Count.ShouldBe(9_240);
    }

    [Fact]
    public void Its_placeholders_are_no_values()
    {
        var load = Load();
        var people = load.World.People;

        people.Count(person => person.Extra.ContainsKey("specialization")).ShouldBe(9_240 - 1_942 - 1_438);
        people.Count(person => person.City is not null).ShouldBe(9_240 - 2_249 - 1_420);
        people.ShouldAllBe(person => !person.Extra.Values.Contains("Select"));
    }

    [Fact]
    public void Its_outcome_is_a_property_like_any_other()
    {
        var load = Load();

        load.Properties.ShouldContain(property => property.Name == "converted" && property.Kind == LoadedKind.Flag);
        load.World.People.Count(person => person.Extra["converted"] == "true").ShouldBe(3_561);
        load.World.People.Count(person => person.OptedOut).ShouldBe(734);
        load.World.People.ShouldAllBe(person => person.LeadStatus == "NEW");
        load.Properties.Single(property => property.Name == "lead_origin").Options.Count.ShouldBe(5);
    }

    [Fact]
    public void Its_people_are_created_in_the_order_of_the_file_up_to_now()
    {
        var created = Load().World.People.Select(person => person.CreatedAt).ToList();

        created.ShouldBeInOrder();
        created.ShouldBeUnique();
        created[^1].ShouldBe(Worlds.Now);
        created[0].ShouldBeGreaterThan(Worlds.Now.AddMinutes(-1));
    }

    private static CsvLoad Load() => CsvContacts.Load(
        SharedFolder.Find("leads-x-education/lead_scoring.csv"),
        SharedFolder.InRepository("samples/leads-x-education/map.yaml"),
        Worlds.Now);
}
