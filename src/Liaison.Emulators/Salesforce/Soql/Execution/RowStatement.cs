using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Execution;

/// <summary>A statement that answers with records, ready to run.</summary>
internal sealed record RowStatement(ISoqlObject Source, Func<ISoqlRow, bool> Where, RowOrder Order, int Offset, int? Limit, RowPlan Plan, bool WithDeleted)
{
    public SoqlResult.Rows Run(IEnumerable<ISoqlRow> candidates) =>
        new(Source, [.. Order.Sort(candidates.Where(Where)).Skip(Offset).Take(Limit ?? int.MaxValue)], Plan);
}
