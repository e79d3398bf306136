using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>The keys of ORDER BY; without any, rows keep the order in which they came.</summary>
internal sealed class RowOrder(IReadOnlyList<(BoundValue By, bool Descending, bool NullsLast)> keys)
{
    public IEnumerable<T> Sort<T>(IEnumerable<T> rows)
        where T : ISoqlRow
    {
        if (keys.Count == 0)
        {
            return rows;
        }

        // Keys are read once per row: a parent's field costs a look-up.
        var decorated = rows.Select(row => (Row: row, Keys: keys.Select(key => key.By.Read(row)).ToArray())).ToList();
        return decorated.Order(Comparer<(T Row, object?[] Keys)>.Create((left, right) => Compare(left.Keys, right.Keys))).Select(pair => pair.Row);
    }

    private int Compare(object?[] left, object?[] right)
    {
        for (var at = 0; at < keys.Count; at++)
        {
            var (by, descending, nullsLast) = keys[at];
            var order = (left[at], right[at]) switch
            {
                (null, null) => 0,
                (null, _) => nullsLast ? 1 : -1,
                (_, null) => nullsLast ? -1 : 1,
                ({ } a, { } b) => descending ? ValueOrder.Compare(by, b, a) : ValueOrder.Compare(by, a, b),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
