using Liaison.Failures;

namespace Liaison.Identity;

/// <summary>Where a secret lies.</summary>
public enum SecretSource
{
    /// <summary>An environment variable.</summary>
    Env,

    /// <summary>A file.</summary>
    File,

    /// <summary>The encrypted store.</summary>
    Store,
}

/// <summary>Where to find a secret: <c>env:NAME</c>, <c>file:PATH</c> or <c>store:NAME</c>; never the secret itself.</summary>
public sealed record SecretReference
{
    private SecretReference(SecretSource source, string name)
    {
        Source = source;
        Name = name;
    }

    /// <summary>Gets where the secret lies.</summary>
    public SecretSource Source { get; }

    /// <summary>Gets the variable, path or stored name.</summary>
    public string Name { get; }

    /// <summary>Reads a reference.</summary>
    /// <returns><see cref="FailureKind.Invalid"/> for anything else. The text is not repeated: it may be the secret itself.</returns>
    public static Result<SecretReference> Parse(string? text)
    {
        var (scheme, name) = text?.IndexOf(':', StringComparison.Ordinal) is int colon and > 0
            ? (text[..colon], text[(colon + 1)..])
            : ("", "");

        return scheme switch
        {
            "env" when IsVariable(name) => new SecretReference(SecretSource.Env, name),
            "file" when name.Trim().Length > 0 => new SecretReference(SecretSource.File, name.Trim()),
            "store" when IsStored(name) => new SecretReference(SecretSource.Store, name),
            _ => new Failure(
                FailureKind.Invalid,
                "A secret is given by reference (env:NAME, file:PATH or store:NAME) and never written into the configuration."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Source switch
    {
        SecretSource.Env => $"env:{Name}",
        SecretSource.File => $"file:{Name}",
        SecretSource.Store => $"store:{Name}",
    };

    // Strict, so that a token typed behind "env:" is refused here instead of being shown as an unset variable's name.
    private static bool IsVariable(string name) =>
        name.Length is > 0 and <= 100
        && !char.IsAsciiDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static bool IsStored(string name) =>
        name.Length is > 0 and <= 100
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or '@');
}
