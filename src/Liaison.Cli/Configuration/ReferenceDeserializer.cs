using Liaison.Identity;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Liaison.Cli.Configuration;

/// <summary>Reads a bare text where a credential belongs as the reference to a static token; a section is left to the others.</summary>
internal sealed class ReferenceDeserializer : INodeDeserializer
{
    /// <inheritdoc/>
    public bool Deserialize(
        IParser reader,
        Type expectedType,
        Func<IParser, Type, object?> nestedObjectDeserializer,
        out object? value,
        ObjectDeserializer rootDeserializer)
    {
        value = expectedType == typeof(SignInOptions) && reader.TryConsume<Scalar>(out var scalar)
            ? new SignInOptions { Token = scalar.Value }
            : null;
        return value is not null;
    }
}
