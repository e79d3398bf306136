using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Pipelines.Scorecards;
using Liaison.Schema;

namespace Liaison.Pipelines;

/// <summary>Which fields a run reads: what it scores on, and what it may be about to write.</summary>
internal sealed record QualifyFields(IReadOnlyList<string> Contact, IReadOnlyList<string> Company)
{
    /// <summary>Finds those of the wanted fields that there are for this caller.</summary>
    /// <returns><see cref="FailureKind.Drifted"/> where the fields that AI writes are not there.</returns>
    public static async Task<Result<QualifyFields>> ResolveAsync(
        LiaisonGateway gateway,
        Caller caller,
        ConnectionName connection,
        Scorecard scorecard,
        QualifyOptions options,
        CancellationToken cancellationToken)
    {
        var describing = gateway.DescribeAsync(caller, connection, RecordType.Contact, cancellationToken);
        var beside = gateway.DescribeAsync(caller, connection, RecordType.Company, cancellationToken);
        await Task.WhenAll(describing, beside);
        if (!(await describing).TryGet(out var contacts, out var failure) || !(await beside).TryGet(out var companies, out failure))
        {
            return failure;
        }

        if (AiFields.Names.Concat(scorecard.ScoreFields).FirstOrDefault(name => contacts.Find(name) is null) is { } missing)
        {
            return new Failure(
                FailureKind.Drifted,
                $"{connection} has no field for {missing} on {RecordType.Contact}, or this caller may not read it; liaison fields plan {connection} shows what is missing and what brings it.");
        }

        // The AI fields are read so that an unchanged value is not sent again; the raised field so that nobody is moved back.
        var raised = options.Raise is { } raise ? new[] { raise.Field } : [];
        var wanted = scorecard.Profile.FieldsOf(RecordType.Contact).Concat(AiFields.Names).Concat(scorecard.ScoreFields).Concat(raised);
        return new QualifyFields(Present(wanted, contacts), Present(scorecard.Profile.FieldsOf(RecordType.Company), companies));
    }

    // A field that the CRM lacks leaves its criterion unknown and lowers the confidence; it stops nothing.
    private static IReadOnlyList<string> Present(IEnumerable<string> wanted, RecordSchema schema) =>
        [.. wanted.Where(name => schema.Find(name) is not null).Distinct(StringComparer.Ordinal)];
}
