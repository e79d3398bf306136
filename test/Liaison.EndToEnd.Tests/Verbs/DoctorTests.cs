using System.Runtime.Versioning;
using System.Text.Json;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Verbs;

/// <summary>The doctor finds what is wrong, says what would mend it, and ends with 1 where something does not work.</summary>
public sealed class DoctorTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    [Fact]
    public async Task A_sound_installation_passes_and_an_old_version_is_told_half_a_year_ahead()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address));
        var sound = await place.RunAsync("doctor", "--output", "json");

        place.With(Workplace.YamlFor(served.Crm.Address).Replace("limitProfile:", "apiVersion: v3\n    limitProfile:", StringComparison.Ordinal));
        var old = await place.RunAsync("doctor");

        sound.ShouldEndWith(0);
        sound.Json().EnumerateArray().Select(StateOf).ShouldAllBe(state => state != "Failed");
        Of(sound.Json(), "crm: credential").GetProperty("found").GetString().ShouldNotBeNull().ShouldContain("Sandbox");
        Of(sound.Json(), "crm: AI fields").GetProperty("state").GetString().ShouldBe("Ok");
        old.ShouldEndWith(0).Output.ShouldContain("2027-03-30");
    }

    [Fact]
    public async Task What_does_not_work_is_found_with_its_mend()
    {
        const string Scope = "crm.objects.contacts.write";
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        await crm.PostAsync("_emulator/tokens", new { token = Workplace.AccountToken, removeScopes = new[] { Scope } });
        var state = Directory.CreateDirectory(Path.Combine(place.Folder, "state"));
        await place.RunAsync("run", "list");
        if (!OperatingSystem.IsWindows())
        {
            Open(state);
        }

        var sick = await place.RunAsync("doctor", "--output", "json");
        await crm.TerminateAsync();
        var gone = await place.RunAsync("doctor", "--output", "json");

        var findings = sick.ShouldEndWith(1).Json();
        Of(findings, "crm: scopes").GetProperty("mend").GetString().ShouldNotBeNull().ShouldContain(Scope);
        Of(findings, "crm: AI fields").GetProperty("mend").GetString().ShouldBe("liaison fields plan crm shows what is there and what brings the rest.");
        Of(findings, "keys").GetProperty("mend").GetString().ShouldNotBeNull().ShouldStartWith("chmod 700");
        Of(findings, "policy").GetProperty("state").GetString().ShouldBe("Warning");
        Of(gone.ShouldEndWith(1).Json(), "crm: credential").GetProperty("state").GetString().ShouldBe("Failed");
        (sick.Everything + gone.Everything).ShouldNotContain(Workplace.AccountToken);
    }

    [Fact]
    public async Task What_the_CRM_announces_in_its_answers_is_told_by_every_verb_and_once_as_an_alert()
    {
        using var place = new Workplace();
        await using var crm = await Emulator.StartAsync(place.Folder, "--contacts", "20", "--companies", "5", "--limits", "off");
        place.With(Workplace.YamlFor(crm.Address));
        await crm.PostAsync("_emulator/headers", new { headers = new { Deprecation = "@1788220800", Sunset = "Tue, 01 Jun 2027 00:00:00 GMT" } });

        var doctor = await place.RunAsync("doctor", "--output", "json");
        var tested = await place.RunAsync("connect", "test", "crm", "--output", "json");
        var listed = await place.RunAsync("connect", "list");
        var alerts = await place.RunAsync("audit", "show", "--alerts", "--output", "json");

        const string Told = "The CRM announces in its answers that these reads end on 2027-06-01.";
        var finding = Of(doctor.Json(), "crm: reads");
        finding.GetProperty("state").GetString().ShouldBe("Warning");
        finding.GetProperty("found").GetString().ShouldBe(Told);
        tested.ShouldEndWith(0).Json().GetProperty("connection").GetProperty("health").GetProperty("endings")[0].GetProperty("endsAt").GetDateTimeOffset()
            .ShouldBe(new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero));
        listed.ShouldEndWith(0).Output.ShouldContain(Told);
        alerts.ShouldEndWith(0).Json().EnumerateArray().Where(alert => alert.GetProperty("cause").GetString() == "reads")
            .ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("EndpointsEnding");
    }

    [UnsupportedOSPlatform("windows")]
    private static void Open(DirectoryInfo folder) => folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static string? StateOf(JsonElement finding) => finding.GetProperty("state").GetString();

    private static JsonElement Of(JsonElement findings, string check) =>
        findings.EnumerateArray().Single(finding => finding.GetProperty("check").GetString() == check);
}
