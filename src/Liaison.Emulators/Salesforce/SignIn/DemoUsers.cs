using Liaison.Emulators.Hosting;
using Liaison.Emulators.Salesforce.Model;

namespace Liaison.Emulators.Salesforce.SignIn;

/// <summary>The users that have fixed tokens from the start.</summary>
internal sealed class DemoUsers(OrgUser administrator, OrgUser manager, OrgUser north, OrgUser south, OrgUser none)
{
    /// <summary>The password of every user, where the password grant is open.</summary>
    public const string Password = "liaison-demo";

    public IReadOnlyList<(string Name, string Token, OrgUser User, string Sees)> Named { get; } =
    [
        ("admin", "00Ddemo!admin", administrator, "everything in the org"),
        ("manager", "00Ddemo!manager", manager, "all records"),
        ("rep-north", "00Ddemo!rep-north", north, "records owned by the own role"),
        ("rep-south", "00Ddemo!rep-south", south, "records owned by the own role"),
        ("none", "00Ddemo!none", none, "no business object"),
    ];

    public IReadOnlyList<DemoCredential> Credentials => [.. Named.Select(named => new DemoCredential(named.Name, named.Token, named.User.Email, named.Sees))];
}
