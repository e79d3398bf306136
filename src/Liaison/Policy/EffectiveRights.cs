using System.Collections.Frozen;
using Liaison.Failures;
using Liaison.Model;

namespace Liaison.Policy;

/// <summary>How far something is opened, and which side holds it there.</summary>
/// <param name="By">The side that allows the least; the first of them where several do.</param>
internal readonly record struct Opening(WriteLevel Level, DeniedBy By);

/// <summary>The rights on one record type of one connection after grants, purpose and agent have been laid over each other.</summary>
/// <remarks>The fourth side is the CRM itself: a field that the credential does not show is in no schema and so reaches nobody.</remarks>
internal sealed class EffectiveRights(
    FieldRights grants,
    FieldRights purpose,
    FieldRights agent,
    IReadOnlyDictionary<string, Sensitivity> sensitive,
    IReadOnlyList<string> guardedOpened,
    PromotedWrites promoted)
{
    /// <summary>Opens nothing.</summary>
    public static EffectiveRights Closed { get; } =
        new(FieldRights.Closed, FieldRights.Open, FieldRights.Open, FrozenDictionary<string, Sensitivity>.Empty, [], PromotedWrites.None);

    /// <summary>Gets the side that leaves nothing to read; <see langword="null"/> where something is.</summary>
    public DeniedBy? RefusesReading => Refuses(rights => rights.ReadsAnything);

    /// <summary>Gets the side that leaves nothing to write; <see langword="null"/> where something is.</summary>
    public DeniedBy? RefusesWriting => Refuses(rights => rights.WritesAnything);

    public bool MayRead(FieldDefinition field)
    {
        var tier = TierOf(field);
        return grants.MayRead(field, tier) && purpose.MayRead(field, tier) && agent.MayRead(field, tier);
    }

    public Opening LevelOf(FieldDefinition field)
    {
        var opening = Narrowest(grants.LevelOf(field), purpose.LevelOf(field), agent.LevelOf(field));

        // Before a sandbox was seen to take it, production is shown what would be written (R192).
        if (opening.Level > WriteLevel.DryRun && !promoted.Holds(field))
        {
            opening = NotPromoted;
        }

        // Where people keep attribution, ownership, consent and money AI writes nothing by default; what an administrator has
        // opened by name it may propose, and a person decides (R74).
        return field.Guard == FieldGuard.None || opening.Level == WriteLevel.Off ? opening
            : !IsOpened(field) ? new Opening(WriteLevel.Off, DeniedBy.Policy)
            : opening with { Level = Lower(opening.Level, WriteLevel.Suggest) };
    }

    public Opening LevelOf(ChangeKind action)
    {
        var opening = Narrowest(grants.LevelOf(action), purpose.LevelOf(action), agent.LevelOf(action));
        return opening.Level > WriteLevel.DryRun && !promoted.Holds(action) ? NotPromoted : opening;
    }

    public bool IsPromoted(FieldDefinition field) => promoted.Holds(field);

    public bool IsPromoted(ChangeKind action) => promoted.Holds(action);

    private static Opening NotPromoted => new(WriteLevel.DryRun, DeniedBy.Promotion);

    private Sensitivity TierOf(FieldDefinition field) => (Sensitivity)Math.Max(
        (int)field.Sensitivity,
        Math.Max((int)sensitive.GetValueOrDefault(field.Name), (int)sensitive.GetValueOrDefault(field.NativeName)));

    private bool IsOpened(FieldDefinition field) => guardedOpened.Contains(field.Name) || guardedOpened.Contains(field.NativeName);

    private DeniedBy? Refuses(Func<FieldRights, bool> opens) =>
        !opens(grants) ? DeniedBy.Policy : !opens(purpose) ? DeniedBy.Purpose : !opens(agent) ? DeniedBy.Agent : null;

    private static Opening Narrowest(WriteLevel granted, WriteLevel covered, WriteLevel allowed)
    {
        var level = Lower(granted, Lower(covered, allowed));
        return new Opening(level, level == granted ? DeniedBy.Policy : level == covered ? DeniedBy.Purpose : DeniedBy.Agent);
    }

    private static WriteLevel Lower(WriteLevel one, WriteLevel other) => one < other ? one : other;
}
