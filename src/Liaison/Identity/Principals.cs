using System.Collections.Frozen;

namespace Liaison.Identity;

/// <summary>The named principals of the installation: its operator and the owners of its pipelines (R219).</summary>
public sealed class Principals(IEnumerable<string> names)
{
    private readonly FrozenSet<string> names = names.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Tells what a subject is: a name that is no principal's is a user's.</summary>
    public SubjectKind KindOf(string subject) => names.Contains(subject) ? SubjectKind.Principal : SubjectKind.User;
}
