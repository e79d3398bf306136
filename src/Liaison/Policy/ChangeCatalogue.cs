using System.Text.Json;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>How much harm a change can do.</summary>
public enum RiskClass
{
    /// <summary>Fields that only AI writes, and what is logged beside a record; undone by writing it again or taking it away.</summary>
    Low,

    /// <summary>What people or their workflows act upon.</summary>
    Consequential,

    /// <summary>What no write takes back.</summary>
    Irreversible,
}

/// <summary>The kinds of change with what each can do at the most (R207, R208).</summary>
public static class ChangeCatalogue
{
    /// <summary>Gives the least risk that a kind of change has; fields and volume can only raise it.</summary>
    public static RiskClass RiskOf(ChangeKind kind) => kind switch
    {
        // Which fields are set decides: only those that nobody but AI writes stay low.
        ChangeKind.UpdateFields => RiskClass.Low,
        ChangeKind.CreateTask or ChangeKind.LogSummary or ChangeKind.DraftMessage => RiskClass.Low,
        ChangeKind.CreateRecord or ChangeKind.Associate or ChangeKind.MoveStage or ChangeKind.AssignOwner => RiskClass.Consequential,
    };

    /// <summary>Gives the one tier that a kind of change is of.</summary>
    public static ActionTier TierOf(ChangeKind kind) => kind switch
    {
        ChangeKind.UpdateFields or ChangeKind.LogSummary or ChangeKind.DraftMessage => ActionTier.Write,
        ChangeKind.CreateRecord or ChangeKind.Associate or ChangeKind.CreateTask or ChangeKind.MoveStage or ChangeKind.AssignOwner => ActionTier.Act,
    };

    /// <summary>Tells whether a kind may ever be carried out without a person: low in risk and reversible, nothing else.</summary>
    public static bool MayBeAutomatic(ChangeKind kind) => RiskOf(kind) == RiskClass.Low;

    /// <summary>Gives the kind of a name; <see langword="null"/> for what is none, as the restoring of an undo.</summary>
    public static ChangeKind? KindOf(string name) => Enum.GetValues<ChangeKind>().Cast<ChangeKind?>().FirstOrDefault(kind => NameOf(kind!.Value) == name);

    /// <summary>Gives the name of a kind as it stands in policies, documents and tables, as in <c>create-task</c>.</summary>
    public static string NameOf(ChangeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
