using Liaison.Model;

namespace Liaison.Connectors;

/// <summary>How fields come to a CRM that makes none through its API: by a package that an administrator deploys.</summary>
public sealed record FieldPackageDescriptor
{
    /// <summary>Gets the writer of a package: the files that define fields of a record type, by API version.</summary>
    public required Func<RecordTypeDescriptor, string, IReadOnlyList<FieldDefinition>, IReadOnlyList<PackageFile>> Write { get; init; }

    /// <summary>Gets how the package is deployed, in one sentence; <c>{folder}</c> stands for where it lies.</summary>
    public required string Deploy { get; init; }
}

/// <summary>A file of a package.</summary>
/// <param name="Path">Its path below the package's folder, with slashes.</param>
public sealed record PackageFile(string Path, string Text);
