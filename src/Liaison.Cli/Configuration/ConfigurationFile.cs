using System.Text.RegularExpressions;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Cli.Configuration;

/// <summary>A configuration that cannot be used, told in one sentence: file, line, what was expected.</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads <c>liaison.yaml</c> strictly: a key that nobody knows is a mistake and not a wish.</summary>
internal static partial class ConfigurationFile
{
    /// <summary>The name that is looked for where none is given.</summary>
    public const string DefaultName = "liaison.yaml";

    /// <summary>Reads one file into options.</summary>
    /// <exception cref="ConfigurationException">The file is not there, is no YAML, or holds what the options do not.</exception>
    public static T Read<T>(string path)
        where T : class, new()
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path}: the file cannot be read; give its path with --config.", exception);
        }

        return Parse<T>(text, path);
    }

    /// <summary>Reads a text as if it stood in a file of that name.</summary>
    public static T Parse<T>(string text, string path)
        where T : class, new()
    {
        try
        {
            return Deserializer().Deserialize<T>(text) ?? new T();
        }
        catch (YamlException exception)
        {
            throw new ConfigurationException(
                $"{path}:{exception.Start.Line}:{exception.Start.Column}: {Sentence(exception)}", exception);
        }
    }

    private static IDeserializer Deserializer() => new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeConverter(new UriConverter())
        .WithTypeConverter(new ScalarConverter())

        // Of two equal keys the first would be lost in silence.
        .WithDuplicateKeyChecking()
        .WithTypeMapping<IReadOnlyList<string>, List<string>>()
        .WithTypeMapping<IReadOnlyList<GrantOptions>, List<GrantOptions>>()
        .WithMap<string, string>()
        .WithMap<string, IReadOnlyDictionary<string, string>>()
        .WithMap<string, MappedUserOptions>()
        .WithMap<string, SignInOptions>()
        .WithNodeDeserializer(new ReferenceDeserializer(), place => place.OnTop())
        .WithMap<string, IReadOnlyList<string>>()
        .WithTypeMapping<IReadOnlyList<MemberOptions>, List<MemberOptions>>()
        .WithTypeMapping<IReadOnlyList<RuleOptions>, List<RuleOptions>>()
        .WithMap<string, PurposeOptions>()
        .WithMap<string, AgentOptions>()
        .WithMap<string, WriteLevel>()
        .WithMap<string, IReadOnlyDictionary<string, WriteLevel>>()
        .WithMap<ChangeKind, WriteLevel>()
        .WithMap<string, IReadOnlyDictionary<ChangeKind, WriteLevel>>()
        .WithMap<string, Sensitivity>()
        .WithMap<string, IReadOnlyDictionary<string, Sensitivity>>()
        .Build();

    private static DeserializerBuilder WithMap<TKey, TValue>(this DeserializerBuilder builder)
        where TKey : notnull =>
        builder.WithTypeMapping<IReadOnlyDictionary<TKey, TValue>, Dictionary<TKey, TValue>>();

    // The library's sentences name .NET types; people who write YAML need the key, the place and the choices.
    private static string Sentence(YamlException exception)
    {
        var innermost = exception.GetBaseException().Message;
        if (UnknownProperty().Match(exception.Message) is { Success: true } unknown
            || UnknownProperty().Match(innermost) is { Success: true } innerUnknown && (unknown = innerUnknown) is not null)
        {
            return $"\"{unknown.Groups[1].Value}\" is not known here; {Expected(unknown.Groups[2].Value)}";
        }

        if (innermost.StartsWith("Expected 'MappingStart'", StringComparison.Ordinal))
        {
            return "this has the wrong shape; expected a section with keys of its own.";
        }

        if (WrongShape().Match(innermost) is { Success: true } shape)
        {
            return $"this has the wrong shape; expected {Shape(shape.Groups[1].Value)}.";
        }

        return exception.InnerException is null ? exception.Message.TrimEnd('.') + "." : $"{innermost.TrimEnd('.')}.";
    }

    private static string Expected(string typeName) =>
        OptionKeys.Of(typeName) is { Count: > 0 } keys ? $"expected one of {string.Join(", ", keys)}." : "expected another key.";

    [GeneratedRegex("Property '([^']*)' not found on type '([^']*)'")]
    private static partial Regex UnknownProperty();

    private static string Shape(string typeName) => typeName switch
    {
        "System.String" => "one text",
        _ when typeName.StartsWith("System.Collections.Generic.List", StringComparison.Ordinal) => "a list, as in [one, two]",
        _ when OptionKeys.Of(typeName) is { Count: > 0 } keys => $"a section with keys out of {string.Join(", ", keys)}",
        _ => "a section with keys of its own",
    };

    [GeneratedRegex(@"(?:^No node deserializer was able to deserialize the node into type |^Invalid cast from '[^']*' to ')([^,'\[]*)")]
    private static partial Regex WrongShape();
}
