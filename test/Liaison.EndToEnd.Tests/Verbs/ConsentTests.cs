using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Verbs;

/// <summary>A connection by consent in the browser: it asks for what is turned on and no more, says why, and asks anew for what comes to it (R2, R16, R17, R18).</summary>
public sealed class ConsentTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Read = "crm.objects.contacts.read";
    private const string Write = "crm.objects.contacts.write";
    private const string Secret = "liaison-demo-secret";

    [Fact]
    public async Task A_consent_asks_for_what_is_turned_on_and_later_for_what_came_to_it()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address));
        var secret = place.Write("secret", Secret);

        var added = await Consents.GiveAsync(
            place, "hub", "--environment", "sandbox", "--base-url", $"{served.Crm.Address}", "--client-id", "liaison-demo-account-app", "--client-secret", $"file:{secret}");
        place.With(Workplace.YamlFor(served.Crm.Address, added: ", hub").Replace("connections: [crm]\n      read:\n        contact: [\"*\"]\n        company", "connections: [crm, hub]\n      read:\n        contact: [\"*\"]\n        company", StringComparison.Ordinal));
        var readOnly = await place.JsonAsync("connect", "test", "hub");
        var file = Path.Combine(place.Folder, "state", "connections", "hub.yaml");
        place.Write(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("writes: closed", "writes: open", StringComparison.Ordinal));
        var opened = await place.JsonAsync("connect", "test", "hub");
        var refused = await place.RunAsync("run", "start", "qualify", "--connection", "hub");
        var widened = await Consents.GiveAsync(place, "hub");
        var whole = await place.JsonAsync("connect", "test", "hub");

        added.Output.ShouldContain($"Asks for {Read}: read contacts");
        added.Output.ShouldNotContain(".write");
        readOnly.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldNotContain(scope => scope!.EndsWith(".write", StringComparison.Ordinal));
        readOnly.GetProperty("missing").GetArrayLength().ShouldBe(0);
        opened.GetProperty("missing").EnumerateArray().Select(need => need.GetProperty("feature").GetString()).ShouldContain("score and update contacts");
        readOnly.GetProperty("credentialKind").GetString().ShouldBe("account-level OAuth");
        opened.GetProperty("connection").GetProperty("health").GetProperty("missing")[0].GetProperty("anyOf")[0].GetString().ShouldBe(Write);
        refused.ShouldEndWith(1).Errors.ShouldContain($"lacks {Write} (score and update contacts)");
        widened.Output.ShouldContain($"Keeps {Read}: read contacts");
        widened.Output.ShouldContain($"Asks for {Write}: score and update contacts");
        whole.GetProperty("missing").GetArrayLength().ShouldBe(0);
        foreach (var ended in new[] { added, widened })
        {
            (ended.Output + ended.Errors).ShouldNotContain(Secret);
        }
    }
}
