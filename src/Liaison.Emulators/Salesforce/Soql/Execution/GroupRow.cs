using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>One group: the values it was made by, then its aggregates.</summary>
/// <param name="present">Which of the keys it was made by; the others stand for all values, as subtotals do.</param>
internal sealed class GroupRow(object?[] keys, bool[] present, Aggregate[] aggregates) : ISoqlRow
{
    public string Id => "";

    public object? Key(int index) => present[index] ? keys[index] : null;

    public bool IsPresent(int index) => present[index];

    public object? Aggregate(int index) => aggregates[index].Result;

    public void Add(ISoqlRow row)
    {
        foreach (var aggregate in aggregates)
        {
            aggregate.Add(row);
        }
    }

    /// <summary>Groups have no fields; what is asked of them is bound to their keys and aggregates.</summary>
    public object? Read(SoqlField field) => null;
}
