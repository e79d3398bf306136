using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>What is written of each record, in the order in which it was selected.</summary>
internal sealed class RowPlan
{
    private readonly List<PlanEntry> _entries = [];

    public IReadOnlyList<PlanEntry> Entries => _entries;

    /// <summary>Gets the sub-queries; those of parents do not exist.</summary>
    public IEnumerable<PlanEntry.Children> Children => _entries.OfType<PlanEntry.Children>();

    /// <summary>Gets the fields selected here and in parents.</summary>
    public IEnumerable<SoqlField> Fields => _entries.SelectMany(FieldsOf);

    public PlanEntry? Find(string key) => _entries.Find(entry => string.Equals(entry.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds an entry; false where its key is taken.</summary>
    public bool TryAdd(PlanEntry entry)
    {
        if (Find(entry.Key) is not null)
        {
            return false;
        }

        _entries.Add(entry);
        return true;
    }

    private static IEnumerable<SoqlField> FieldsOf(PlanEntry entry) => entry switch
    {
        PlanEntry.Value { Field: { } field } => [field],
        PlanEntry.Parent { Plan: { } plan } => plan.Fields,
        PlanEntry.Parent { ByObject: { } plans } => plans.Values.SelectMany(plan => plan.Fields),
        _ => [],
    };
}

/// <summary>One key of a written record; the family is closed.</summary>
internal abstract record PlanEntry
{
    private PlanEntry(string key) => Key = key;

    public string Key { get; }

    internal sealed record Value(string Key, Func<Found, object?> Read, SoqlType Type, SoqlField? Field) : PlanEntry(Key);

    /// <summary>A parent record, written by one plan or by that of its object.</summary>
    /// <param name="Plan">The plan for whatever is there; <see langword="null"/> where <paramref name="ByObject"/> decides.</param>
    /// <param name="IsGeneric">Whether it is written as the Name object.</param>
    internal sealed record Parent(string Key, Hop Hop, RowPlan? Plan, IReadOnlyDictionary<string, RowPlan>? ByObject, bool IsGeneric) : PlanEntry(Key)
    {
        public RowPlan PlanOf(Found found) => Plan ?? (ByObject!.TryGetValue(found.Object.Name, out var plan) ? plan : ByObject[""]);
    }

    internal sealed record Children(string Key, RowStatement Statement, SoqlField Reference) : PlanEntry(Key)
    {
        /// <summary>Runs the sub-query for one record.</summary>
        public SoqlResult.Rows Of(Found parent) => Statement.Run(Statement.Source.RowsOf(Reference, parent.Row.Id, Statement.WithDeleted));
    }
}
