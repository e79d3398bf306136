using System.Text;
using Liaison.EndToEnd.Tests.Processes;

namespace Liaison.EndToEnd.Tests.Verbs;

/// <summary><c>liaison key</c>, as an administrator at the machine uses it.</summary>
public sealed class KeyVerbTests : IDisposable
{
    private readonly Workplace place = new();

    public KeyVerbTests() => place.With("""
        policy:
          members:
            - subject: anna@example.com
              roles: [user]
        storage: { folder: state }
        """);

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_key_is_shown_once_listed_without_its_text_and_revoked()
    {
        var issued = await place.JsonAsync(
            "key", "create", "--name", "Anna's assistant", "--subject", "anna@example.com", "--actor", "assistant",
            "--purpose", "assistance", "--purpose", "qualification", "--expires-in", "12h");
        var (text, id) = (issued.GetProperty("key").GetString()!, issued.GetProperty("details").GetProperty("id").GetString()!);
        var listed = await place.RunAsync("key", "list", "--output", "json");
        var revoked = await place.JsonAsync("key", "revoke", id);

        text.ShouldMatch($"^lia_{id}_[A-Za-z0-9_-]{{43}}$");
        var view = listed.ShouldEndWith(0).Json()[0];
        view.GetProperty("subject").GetString().ShouldBe("anna@example.com");
        view.GetProperty("purposes").GetArrayLength().ShouldBe(2);
        (view.GetProperty("expiresAt").GetDateTimeOffset() - view.GetProperty("createdAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromHours(12));
        listed.Everything.ShouldNotContain(text[^43..]);
        revoked.GetProperty("revokedAt").GetDateTimeOffset().ShouldBeGreaterThan(view.GetProperty("createdAt").GetDateTimeOffset());
        FilesWith(text[^43..]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_gets_the_key_on_a_line_of_its_own()
    {
        var ended = await place.RunAsync("key", "create", "--name", new string('n', 150), "--subject", "anna@example.com", "--actor", "assistant");

        ended.ShouldEndWith(0).Output.Split('\n')[0].ShouldMatch("^lia_key-[0-9a-z]{26}_[A-Za-z0-9_-]{43}$");
        (await place.RunAsync("key", "list")).ShouldEndWith(0).Output.ShouldContain("never");
    }

    [Theory]
    [InlineData(2, "expected days, hours or minutes", "--expires-in", "soon")]
    [InlineData(2, "at most 366 days", "--expires-in", "367d")]
    [InlineData(2, "no connection", "--connection", "nosuch")]
    [InlineData(2, "is no actor", "--actor", "*")]
    public async Task What_a_key_cannot_be_is_told(int code, string expected, params string[] wrong)
    {
        string[] arguments = ["key", "create", "--name", "n", "--subject", "anna@example.com", .. wrong.Contains("--actor") ? wrong : ["--actor", "assistant", .. wrong]];

        (await place.RunAsync(arguments)).ShouldEndWith(code).Errors.ShouldContain(expected);
    }

    [Fact]
    public async Task Who_holds_no_role_makes_no_keys_and_ends_their_own_only()
    {
        string[] create = ["key", "create", "--name", "n", "--actor", "assistant", "--subject"];
        var own = (await place.JsonAsync([.. create, "anna@example.com"])).GetProperty("details").GetProperty("id").GetString()!;
        var other = (await place.JsonAsync([.. create, "bob@example.com"])).GetProperty("details").GetProperty("id").GetString()!;

        (await place.RunAsync([.. create, "anna@example.com", "--as", "anna@example.com"])).ShouldEndWith(3).Errors.ShouldContain("the role admin");
        (await place.RunAsync("key", "revoke", other, "--as", "anna@example.com")).ShouldEndWith(3);
        (await place.JsonAsync("key", "list", "--as", "anna@example.com")).GetArrayLength().ShouldBe(1);
        (await place.RunAsync("key", "revoke", own, "--as", "anna@example.com")).ShouldEndWith(0);
    }

    private IEnumerable<string> FilesWith(string text) => Directory
        .EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories)
        .Where(file => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Contains(text, StringComparison.Ordinal));
}
