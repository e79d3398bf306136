using Liaison.EndToEnd.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Liaison.EndToEnd.Tests.Audit;

/// <summary>An auditor verifies elsewhere what an installation recorded: exported, tampered with, and held against a kept key.</summary>
public sealed class AuditProofTests(ServedCrm served) : IClassFixture<ServedCrm>, IDisposable
{
    private readonly Workplace place = new();
    private readonly Workplace elsewhere = new();

    private string Export => Path.Combine(elsewhere.Folder, "audit.jsonl");

    private string Key => Path.Combine(elsewhere.Folder, "audit-key.pem");

    private string Database => Path.Combine(place.Folder, "state", "liaison.db");

    public void Dispose()
    {
        place.Dispose();
        elsewhere.Dispose();
    }

    [Fact]
    public async Task An_export_is_verified_offline_in_an_empty_folder()
    {
        await RecordAsync();
        await ExportAsync();

        var verified = await LiaisonProcess.RunAsync(elsewhere.Folder, ["audit", "verify", "--export", Export, "--public-key", Key]);
        var alone = await LiaisonProcess.RunAsync(elsewhere.Folder, ["audit", "verify", "--export", Export]);

        verified.ShouldEndWith(0).Output.ShouldContain("each follows from the one before");
        verified.Output.ShouldNotContain("taken from the export itself");
        alone.ShouldEndWith(0).Output.ShouldContain("taken from the export itself");
        Directory.GetFiles(elsewhere.Folder).Select(Path.GetFileName).ShouldBe(["audit.jsonl", "audit-key.pem"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("edit", "Entry 3 was edited")]
    [InlineData("cut", "Entry 3 was cut out")]
    [InlineData("copy", "An entry was inserted at 4")]
    [InlineData("swap", "Entry 3 is out of order")]
    [InlineData("truncate", "The end is truncated")]
    public async Task What_was_done_to_an_export_is_told_in_one_sentence(string deed, string told)
    {
        await RecordAsync();
        await ExportAsync();
        var lines = (await File.ReadAllLinesAsync(Export, TestContext.Current.CancellationToken)).ToList();
        var third = lines.FindIndex(line => line.StartsWith("{\"sequence\":3,", StringComparison.Ordinal));
        switch (deed)
        {
            case "edit": lines[third] = lines[third].Replace("\"operator\"", "\"nobody\"", StringComparison.Ordinal); break;
            case "cut": lines.RemoveAt(third); break;
            case "copy": lines.Insert(third + 1, lines[third]); break;
            case "swap": (lines[third], lines[third + 1]) = (lines[third + 1], lines[third]); break;
            case "truncate": lines.RemoveRange(lines.Count - 2, 2); break;
        }

        await File.WriteAllTextAsync(Export, string.Concat(lines.Select(line => line + "\n")), TestContext.Current.CancellationToken);

        var verified = await LiaisonProcess.RunAsync(elsewhere.Folder, ["audit", "verify", "--export", Export, "--public-key", Key]);

        verified.ShouldEndWith(1).Output.ShouldContain(told);
    }

    [Fact]
    public async Task An_export_of_another_installation_is_not_signed_with_the_kept_key()
    {
        await RecordAsync();
        await ExportAsync();
        using var forger = new Workplace();
        forger.With(Workplace.YamlFor(served.Crm.Address));
        await forger.RunAsync("describe", Workplace.Connection, "contact");
        (await forger.RunAsync("audit", "export", "--to", Export)).ShouldEndWith(0);

        var verified = await LiaisonProcess.RunAsync(elsewhere.Folder, ["audit", "verify", "--export", Export, "--public-key", Key, "--output", "json"]);

        verified.ShouldEndWith(1).Json().GetProperty("fault").GetString().ShouldBe("UnknownKey");
    }

    [Fact]
    public async Task A_process_signs_at_its_end_and_a_database_that_was_cut_back_is_told()
    {
        await RecordAsync();
        (await place.JsonAsync("audit", "verify")).ShouldSatisfyAllConditions(
            view => view.GetProperty("checkpoints").GetInt32().ShouldBePositive(),
            view => view.GetProperty("notYetSigned").GetInt64().ShouldBe(0));

        Run("DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_checkpoints_stay; PRAGMA foreign_keys = OFF; DELETE FROM audit_entries WHERE sequence > 2; DELETE FROM audit_checkpoints WHERE sequence > 2");

        var verified = await place.RunAsync("audit", "verify");
        verified.ShouldEndWith(1).Output.ShouldContain("The end is truncated: entry 3 was written and is missing");
    }

    [Fact]
    public async Task Entries_are_shown_by_who_when_and_whether_they_were_denied()
    {
        await RecordAsync();
        (await place.RunAsync("describe", Workplace.Connection, "ticket")).ShouldEndWith(3);

        var denied = await place.JsonAsync("audit", "show", "--denied");
        var newest = await place.JsonAsync("audit", "show", "--newest", "--limit", "1", "--subject", "operator", "--actor", "cli", "--connection", Workplace.Connection);
        var none = await place.JsonAsync("audit", "show", "--until", "2020-01-01");

        denied.EnumerateArray().ShouldHaveSingleItem().GetProperty("outcome").GetString().ShouldNotBeNull().ShouldStartWith("Denied: ");
        newest[0].GetProperty("sequence").GetInt64().ShouldBe(denied[0].GetProperty("sequence").GetInt64());
        none.GetArrayLength().ShouldBe(0);
        (await place.RunAsync("audit", "show", "--since", "soon")).ShouldEndWith(2).Errors.ShouldContain("is no time");
    }

    [Theory]
    [InlineData("  checkpointEvery: 0\n", "audit.checkpointEvery: 0 is out of range; expected 1 to 100000")]
    [InlineData("  signingKey: store:key\n", "must lie outside the database")]
    [InlineData("  signingKey: -----BEGIN\n", "given by reference")]
    [InlineData("  values: all\n", "expected one of none, changes")]
    [InlineData("  keys: x\n", "expected one of signingKey, checkpointEvery, values")]
    public async Task Wrong_settings_of_the_audit_stop_the_start(string line, string told)
    {
        place.With($"{Workplace.YamlFor(served.Crm.Address)}\naudit:\n{line}");

        (await place.RunAsync("run", "list")).ShouldEndWith(1).Errors.ShouldContain(told);
    }

    [Fact]
    public async Task A_key_of_the_operators_own_signs()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        place.Write("own.pem", key.ExportPkcs8PrivateKeyPem());
        place.With($"{Workplace.YamlFor(served.Crm.Address)}\naudit:\n  signingKey: file:own.pem\n");

        (await place.RunAsync("describe", Workplace.Connection, "contact")).ShouldEndWith(0);

        (await place.RunAsync("audit", "key")).ShouldEndWith(0).Output.ShouldContain(key.ExportSubjectPublicKeyInfoPem().Trim());
        (await place.JsonAsync("audit", "verify")).GetProperty("checkpoints").GetInt32().ShouldBe(1);
        File.Exists(Path.Combine(place.Folder, "state", "keys", "audit-signing.pem")).ShouldBeFalse();
    }

    private async Task RecordAsync()
    {
        place.With(Workplace.YamlFor(served.Crm.Address));
        foreach (var type in new[] { "contact", "company", "deal" })
        {
            (await place.RunAsync("describe", Workplace.Connection, type)).ShouldEndWith(0);
        }
    }

    private async Task ExportAsync()
    {
        await File.WriteAllTextAsync(Key, (await place.RunAsync("audit", "key")).ShouldEndWith(0).Output, TestContext.Current.CancellationToken);
        (await place.RunAsync("audit", "export", "--to", Export)).ShouldEndWith(0);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
