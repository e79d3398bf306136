using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>What a request wants of a record type.</summary>
public enum Access
{
    /// <summary>To know which fields there are.</summary>
    Describe,

    /// <summary>To read records.</summary>
    Read,

    /// <summary>To change records or make new ones.</summary>
    Write,

    /// <summary>To look at the account itself, its users, and to create fields.</summary>
    Administer,
}

/// <summary>How far writes to a field are opened (off → dry-run → suggest → auto).</summary>
public enum WriteLevel
{
    /// <summary>Never written.</summary>
    Off,

    /// <summary>Validated and shown, never sent.</summary>
    DryRun,

    /// <summary>Each change waits for a person's approval.</summary>
    Suggest,

    /// <summary>Written when it is valid, low in risk and within its limits.</summary>
    Auto,
}

/// <summary>The judged decision that travels with a request: nothing is read or written without one.</summary>
/// <remarks>Only <see cref="PolicyEngine"/> makes these; a house test reads the compiled assemblies for it.</remarks>
public sealed class Permit
{
    private readonly EffectiveRights rights;

    internal Permit(Caller caller, ConnectionProfile connection, RecordType type, Access access, EffectiveRights rights)
    {
        Caller = caller;
        Connection = connection;
        Type = type;
        Access = access;
        this.rights = rights;
    }

    /// <summary>Gets who asked.</summary>
    public Caller Caller { get; }

    /// <summary>Gets the account that the permit is for.</summary>
    public ConnectionProfile Connection { get; }

    /// <summary>Gets the record type that the permit is for.</summary>
    public RecordType Type { get; }

    /// <summary>Gets what the permit allows.</summary>
    public Access Access { get; }

    /// <summary>Tells whether a field may be read, sorted by, filtered by or counted over: all of these show it.</summary>
    public bool MayRead(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return rights.MayRead(field);
    }

    /// <summary>Tells how far writes to a field are opened.</summary>
    public WriteLevel LevelOf(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Access == Access.Write ? rights.LevelOf(field).Level : WriteLevel.Off;
    }

    /// <summary>Tells how far an action is opened.</summary>
    public WriteLevel LevelOf(ChangeKind action) => Access == Access.Write ? rights.LevelOf(action).Level : WriteLevel.Off;

    /// <summary>Names what of a change no sandbox was seen to take, as in <c>contact.ai_score</c> and <c>contact.create-task</c>; empty where it may be sent (R192).</summary>
    /// <param name="fields">The fields that the caller named; those of an action's own belong to the action.</param>
    internal IReadOnlyList<string> Unpromoted(ChangeKind kind, IEnumerable<FieldDefinition> fields)
    {
        IEnumerable<string> action = kind == ChangeKind.UpdateFields || rights.IsPromoted(kind) ? [] : [ChangeCatalogue.NameOf(kind)];
        var named = kind is ChangeKind.UpdateFields or ChangeKind.CreateRecord
            ? fields.Where(field => !rights.IsPromoted(field)).Select(field => field.Name)
            : [];
        return [.. action.Concat(named).Select(name => $"{Type}.{name}")];
    }

    /// <summary>Gives the refusal of what no sandbox was seen to take.</summary>
    internal Failure RefusalOf(IReadOnlyList<string> unpromoted) => new(
        FailureKind.Denied,
        $"{string.Join(", ", unpromoted)} {(unpromoted.Count == 1 ? "is" : "are")} not promoted on {Connection.Name}, which is production; liaison promotion make promotes what a sandbox was seen to take.")
    {
        DeniedBy = DeniedBy.Promotion,
    };

    /// <summary>Gives the refusal of a field that the caller may read and not write: which side refused and what would mend it.</summary>
    internal Failure RefusalOf(FieldDefinition field) => Refuse(
        rights.LevelOf(field).By,
        $"writing \"{field.Name}\" on {Type}",
        field.Guard == FieldGuard.None
            ? "policy.grants"
            : $"policy.guardedFields, since it holds {field.Guard.ToString().ToLowerInvariant()} data");

    /// <summary>Gives the refusal of an action.</summary>
    internal Failure RefusalOf(ChangeKind action) => Refuse(
        rights.LevelOf(action).By, $"{ChangeCatalogue.NameOf(action)} on {Type}", "policy.grants under actions");

    private Failure Refuse(DeniedBy by, string what, string mend) => new(FailureKind.Denied, by switch
    {
        DeniedBy.Purpose => $"The purpose {Caller.Purpose} does not cover {what}; policy.purposes can widen it.",
        DeniedBy.Agent => $"The agent \"{Caller.Actor.Id}\" may not do this: {what}; policy.agents can widen it.",
        _ => $"No grant opens {what}; an administrator can do so under {mend}.",
    })
    {
        DeniedBy = by,
    };
}
