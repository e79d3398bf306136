using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Loading;

/// <summary>A CSV file becomes a served CRM, with every repair and refusal told.</summary>
public sealed class LoadedFileTests
{
    [Fact]
    public async Task Repaired_and_quarantined_rows_are_told_by_line_and_the_rest_can_be_read()
    {
        using var place = new Workplace();
        var csv = place.Write("people.csv", """
            Number,City,Occupation
            1,Berlin,Engineer
            2,Paris,Select
            "3,Oslo,Teacher"
            4,Rome
            5,Madrid,Nurse

            """);
        var map = place.Write("map.yaml", """
            no_value: [Select]
            created: now
            constants:
              lead_status: NEW
            person:
              city: City
            properties:
              occupation:
                column: Occupation
                label: Occupation
                type: enumeration

            """);

        await using var crm = await Emulator.StartAsync(place.Folder, "--load", csv, "--map", map, "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        (await crm.PrintedAsync("Loaded ")).ShouldBe("Loaded 4 of 5 rows: 1 repaired, 1 quarantined.");
        (await crm.PrintedAsync("line 4 repaired")).ShouldNotBeEmpty();
        (await crm.PrintedAsync("line 5 quarantined")).ShouldNotBeEmpty();
        var described = await place.JsonAsync("describe", Workplace.Connection, "contact");
        described.EnumerateArray().Select(field => field.GetProperty("nativeName").GetString()).ShouldContain("occupation");
        var found = await place.JsonAsync("search", Workplace.Connection, "contact", "--where", "lead status is New", "--fields", "city,occupation");
        found.GetProperty("records").EnumerateArray()
            .Select(record => record.GetProperty("fields"))
            .Select(fields => $"{fields.GetProperty("city").GetProperty("value")}/{fields.GetProperty("occupation").GetProperty("value")}")
            .ShouldBe(["Berlin/Engineer", "Paris/", "Oslo/Teacher", "Madrid/Nurse"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_public_lead_table_is_loaded_whole()
    {
        var csv = Repository.SharedOrSkip("leads-x-education", "lead_scoring.csv");
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(
            place.Folder, "--load", csv, "--map", Repository.Find("samples", "leads-x-education", "map.yaml"), "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));

        (await crm.PrintedAsync("Loaded ")).ShouldBe("Loaded 9,240 of 9,240 rows: 338 repaired, 0 quarantined.");
        (await ListedAsync(crm)).ShouldBe(9_240);
        var found = await place.JsonAsync(
            "search", Workplace.Connection, "contact", "--where", "lead status is New", "--fields", "total_time_on_website", "--limit", "5");
        found.GetProperty("total").GetInt32().ShouldBe(9_240);
        found.GetProperty("records").EnumerateArray()
            .Select(record => record.GetProperty("fields").GetProperty("total_time_on_website").GetProperty("state").GetString())
            .ShouldContain("Present");
    }

    private static async Task<int> ListedAsync(Emulator crm)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var after = ""; after is not null;)
        {
            var page = await crm.GetAsync($"crm/v3/objects/contacts?limit=100{after}", Workplace.AccountToken);
            ids.UnionWith(page.GetProperty("results").EnumerateArray().Select(record => record.GetProperty("id").GetString()!));
            after = page.TryGetProperty("paging", out var paging) ? $"&after={paging.GetProperty("next").GetProperty("after").GetString()}" : null;
        }

        return ids.Count;
    }
}
