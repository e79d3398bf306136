using System.Net;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Serving;

/// <summary><c>liaison serve</c> as its own process before a served CRM.</summary>
public sealed class ServeTests(ServedCrm served) : IClassFixture<ServedCrm>
{
    private const string Contacts = $"api/v1/connections/{Workplace.Connection}/records/contact";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_s_holder_reads_what_its_user_may_and_a_stop_is_calm()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address));
        var (manager, rep) = (await RestDoor.KeyAsync(place, Workplace.Manager), await RestDoor.KeyAsync(place, Workplace.Rep));
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);

        var all = await CountAsync(door, manager);
        var own = await CountAsync(door, rep);
        var record = (await door.PostAsync(rep, $"{Contacts}/query", """{"where":"lead status is New","fields":["lead_status"],"pageSize":1}""")).GetProperty("records")[0];

        own.ShouldBeInRange(1, all - 1);
        record.GetProperty("fields").GetProperty("lead_status").GetProperty("value").GetProperty("label").GetString().ShouldBe("New");
        (await place.JsonAsync("audit", "show", "--limit", "10000")).EnumerateArray().Count(entry => entry.GetProperty("action").GetString() == "records.count").ShouldBe(4);
        var ended = (await serving.TerminateAsync()).ShouldEndWith(0);
        ended.Everything.ShouldNotContain(manager[^43..]);
        ended.Errors.ShouldContain("/api/v1/connections/{connection}/records/{type}/count 200 in");
        ended.Errors.ShouldNotContain("/records/contact");
    }

    [Fact]
    public async Task A_stop_right_behind_the_addresses_ends_in_order()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address));
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        await serving.LineWithAsync("Serving REST at");

        (await serving.TerminateAsync()).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_stop_before_the_verb_begins_ends_in_order()
    {
        using var place = new Workplace();
        place.With("storage: { folder: state }\n");

        // The command line goes on only when this has been read to its end.
        var rest = place.Pipe("rest");
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0", $"@{rest}");
        await using (await Workplace.OpenedAsync(rest))
        {
            await serving.SignalAsync();
        }

        (await serving.EndAsync()).ShouldEndWith(0).Output.ShouldNotContain("Serving REST at");
    }

    [Fact]
    public async Task A_revoked_key_stops_at_a_running_server_at_once()
    {
        using var place = new Workplace();
        place.With(Workplace.YamlFor(served.Crm.Address));
        var key = await RestDoor.KeyAsync(place, Workplace.Manager);
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0");
        using var door = await RestDoor.OpenAsync(serving);
        await CountAsync(door, key);

        (await place.RunAsync("key", "revoke", key[4..^44])).ShouldEndWith(0);

        await door.PostAsync(key, $"{Contacts}/count", "{}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Machines_get_the_addresses_as_one_document()
    {
        using var place = new Workplace();
        place.With("storage: { folder: state }\n");
        await using var serving = place.Start("serve", "--urls", "http://127.0.0.1:0", "--output", "json");

        await serving.LineWithAsync("addresses");
        await serving.LineWithAsync("}");
        var ended = await serving.TerminateAsync();

        ended.ShouldEndWith(0).Json().GetProperty("addresses")[0].GetString().ShouldNotBeNull().ShouldStartWith("http://127.0.0.1:");
    }

    [Theory]
    [InlineData("http://0.0.0.0:7400", "takes https")]
    [InlineData("https://127.0.0.1:7400", "server.certificate")]
    [InlineData("nonsense", "is no address")]
    [InlineData("http://127.0.0.1:7400/path", "is no address")]
    public async Task An_address_that_would_be_open_to_others_is_refused(string url, string expected)
    {
        using var place = new Workplace();
        place.With("storage: { folder: state }\n");

        (await place.RunAsync("serve", "--urls", url)).ShouldEndWith(2).Errors.ShouldContain(expected);
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var place = new Workplace();
        place.With("storage: { folder: state }\n");

        var ended = await place.RunAsync("serve", "--urls", $"http://127.0.0.1:{served.Crm.Address.Port}");

        ended.ShouldEndWith(1).Errors.ShouldContain("in use by another program");
        ended.Everything.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_audit_is_for_auditors_at_the_command_line_too()
    {
        using var place = new Workplace();
        place.With("""
            policy:
              members:
                - subject: anna@example.com
                  roles: [auditor]
                - subject: bob@example.com
                  roles: [user, admin, approver, operator]
            storage: { folder: state }
            """);

        foreach (var verb in new[] { "show", "verify" })
        {
            (await place.RunAsync("audit", verb, "--as", "anna@example.com")).ShouldEndWith(0);
            (await place.RunAsync("audit", verb)).ShouldEndWith(0);
            (await place.RunAsync("audit", verb, "--as", "bob@example.com")).ShouldEndWith(3).Errors.ShouldContain("the role auditor");
        }
    }

    [Fact]
    public async Task An_operator_that_is_listed_as_a_member_has_the_roles_that_stand_there()
    {
        using var place = new Workplace();
        place.With("policy: { members: [{ subject: operator, roles: [user] }] }\nstorage: { folder: state }\n");

        (await place.RunAsync("audit", "show")).ShouldEndWith(3);
    }

    private static async Task<int> CountAsync(RestDoor door, string key) =>
        (await door.PostAsync(key, $"{Contacts}/count", """{"where":"lead status is New"}""")).GetProperty("count").GetInt32();
}
