using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Liaison.Cli.Configuration;

/// <summary>Reads addresses; what is none is told where it stands.</summary>
internal sealed class UriConverter : IYamlTypeConverter
{
    /// <inheritdoc/>
    public bool Accepts(Type type) => type == typeof(Uri);

    /// <inheritdoc/>
    public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        var scalar = parser.Consume<Scalar>();
        return Uri.TryCreate(scalar.Value, UriKind.Absolute, out var uri)
            ? uri
            : throw new YamlException(scalar.Start, scalar.End, $"\"{scalar.Value}\" is no address; expected one like https://api.example.com");
    }

    /// <inheritdoc/>
    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        throw new NotSupportedException("Configuration is only read.");
}
