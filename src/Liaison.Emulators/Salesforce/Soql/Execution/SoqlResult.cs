using Liaison.Emulators.Salesforce.Soql.Binding;
using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>What a statement found; the family is closed.</summary>
internal abstract class SoqlResult
{
    private SoqlResult(int totalSize) => TotalSize = totalSize;

    /// <summary>Gets how many records there are on all pages.</summary>
    public int TotalSize { get; }

    /// <summary>The answer of COUNT(): a size without records.</summary>
    internal sealed class Count(int count) : SoqlResult(count);

    /// <summary>Records, read when they are written: a page shows them as they then are.</summary>
    internal sealed class Rows(ISoqlObject source, IReadOnlyList<ISoqlRow> rows, RowPlan plan) : SoqlResult(rows.Count)
    {
        public RowPlan Plan => plan;

        public Found this[int index] => new(source, rows[index]);
    }

    /// <summary>Groups; they come on one page or not at all.</summary>
    /// <param name="groups">The groups, in order.</param>
    /// <param name="columns">The keys with the values that they show.</param>
    internal sealed class Groups(IReadOnlyList<GroupRow> groups, IReadOnlyList<(string Key, BoundValue Value)> columns) : SoqlResult(groups.Count)
    {
        public IReadOnlyList<GroupRow> All => groups;

        public IReadOnlyList<(string Key, BoundValue Value)> Columns => columns;
    }
}
