using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Pipelines;

/// <summary>The companies that a run has read: each is read once, however many contacts it has.</summary>
/// <remarks>Bounded: past the limit it starts anew, which costs calls and no correctness. One caller at a time.</remarks>
internal sealed class CompanyShelf(LiaisonGateway gateway, Caller caller, ConnectionName connection, IReadOnlyList<string> fields)
{
    // Some kilobytes each: more of them would be most of what a long run holds in memory.
    private const int Limit = 5_000;

    // A company that is gone is remembered as null, so that it is not asked for with every chunk.
    private readonly Dictionary<string, Record?> held = new(StringComparer.Ordinal);

    public async Task<Result<Done>> FillAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct(StringComparer.Ordinal).ToList();
        if (held.Count + wanted.Count > Limit)
        {
            held.Clear();
        }

        var missing = wanted.Where(id => !held.ContainsKey(id)).ToList();
        if (missing.Count == 0)
        {
            return Done.Value;
        }

        var request = new ReadRequest(connection, RecordType.Company, missing, fields);
        if (!(await gateway.ReadAsync(caller, request, cancellationToken)).TryGet(out var answer, out var failure))
        {
            return failure;
        }

        foreach (var id in missing)
        {
            held[id] = null;
        }

        foreach (var company in answer.Records)
        {
            held[company.Ref.Id] = company;
        }

        return Done.Value;
    }

    public Record? Find(string? id) => id is null ? null : held.GetValueOrDefault(id);
}
