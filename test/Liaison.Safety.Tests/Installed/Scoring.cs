using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;

namespace Liaison.Safety.Tests.Installed;

/// <summary>The pipeline that scores contacts, as whom it comes and what it may.</summary>
internal static class Scoring
{
    private const string Principal = "qualification";
    private const string Agent = "qualify";

    /// <summary>Makes the caller that a run of it is.</summary>
    public static Caller Run(string? run) => new(new Subject(SubjectKind.Principal, Principal), new Actor(Agent), Purpose.Qualification, run);

    /// <summary>Makes the grant to read contacts and companies and to write some fields of contacts by itself.</summary>
    /// <param name="fields">The fields that are written; none where it only reads.</param>
    /// <param name="actions">What it may do beside writing fields.</param>
    public static GrantOptions Grant(IEnumerable<string> fields, params IReadOnlyList<ChangeKind> actions) => new()
    {
        Subject = Principal,
        Actors = [Agent],
        Purposes = [Purpose.Qualification.Name],
        Connections = [Engine.Connection.Value],
        Read = new Dictionary<string, IReadOnlyList<string>> { ["contact"] = ["*"], ["company"] = ["*"] },
        Write = new Dictionary<string, IReadOnlyDictionary<string, WriteLevel>> { ["contact"] = fields.ToDictionary(field => field, _ => WriteLevel.Auto) },
        Actions = new Dictionary<string, IReadOnlyDictionary<ChangeKind, WriteLevel>> { ["contact"] = actions.ToDictionary(action => action, _ => WriteLevel.Auto) },
    };
}
