using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Schema;

namespace Liaison.Reading;

/// <summary>A record type opened under a permit: the session, and the schema as narrow as the permit.</summary>
/// <param name="Permitted">The fields that the caller may know of.</param>
/// <param name="Whole">Every field that the credential sees; for the engine's own stamps, never for the caller's names.</param>
internal sealed record OpenType(
    IConnectorSession Session, ConnectorDescriptor Descriptor, UserCredential Credential, RecordSchema Permitted, RecordSchema Whole)
{
    public ValueDialect Dialect => Descriptor.Values;

    /// <summary>Gets a value indicating whether the caller may know at which stage a record stands; where the type has pipelines, that is to know of these too.</summary>
    public bool ShowsStages => Permitted.Find(FieldNames.Stage) is not null && (Whole.Find(FieldNames.Pipeline) is null || Permitted.Find(FieldNames.Pipeline) is not null);

    public int BatchSizeOf(CrmOperation operation) => Descriptor.Operations[operation].BatchSize;

    /// <summary>Gives what takes jobs; <see langword="null"/> where nothing does.</summary>
    public OpenJobs? Jobs => Session.Jobs is { } jobs && Descriptor.Jobs is { } declared ? new OpenJobs(jobs, declared) : null;

    /// <summary>Gives what takes work on so many records as a job; <see langword="null"/> where calls do it.</summary>
    public OpenJobs? JobsFor(long records) => Jobs is { } jobs && records >= jobs.Declared.From ? jobs : null;

    /// <summary>Gives what takes one part of a larger work as a job: a part that fills one is of a work that is worth it.</summary>
    public OpenJobs? JobsForPart(int records) => Jobs is { } jobs && records >= jobs.Declared.PartFrom ? jobs : null;
}

/// <summary>Opens record types: the one step from a permit to a session and a schema.</summary>
public sealed class TypeOpener(SessionOpener sessions, SchemaCatalogue schemas)
{
    internal async Task<Result<OpenType>> OpenAsync(Permit permit, CancellationToken cancellationToken)
    {
        if (!(await sessions.OpenAsync(permit, cancellationToken)).TryGet(out var opened, out var failure))
        {
            return failure;
        }

        var described = await schemas.GetAsync(opened.Session, opened.Credential, permit.Type, cancellationToken);
        return described.TryGet(out var schema, out failure)
            ? new OpenType(opened.Session, opened.Descriptor, opened.Credential, PermittedSchema.Of(schema, permit), schema)
            : failure;
    }

    /// <summary>Gives every field of another type that the same session sees; for what the engine makes beside a record, never for the caller's names.</summary>
    internal Task<Result<RecordSchema>> DescribeBesideAsync(OpenType open, RecordType type, CancellationToken cancellationToken) =>
        schemas.GetAsync(open.Session, open.Credential, type, cancellationToken);
}
