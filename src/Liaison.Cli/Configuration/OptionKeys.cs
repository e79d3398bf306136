using System.Collections.Frozen;
using Liaison.Pipelines.Scorecards;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Cli.Configuration;

/// <summary>The keys that each section of the configuration knows, for the sentence that tells of an unknown one.</summary>
internal static class OptionKeys
{
    // A scorecard is also the whole of a file.
    private static readonly FrozenDictionary<string, Type> Sections =
        Under([typeof(LiaisonOptions), typeof(ScorecardOptions)]).ToFrozenDictionary(section => section.FullName!, StringComparer.Ordinal);

    /// <summary>Gives the keys of a section by its type's full name; none where it is not known.</summary>
    public static IReadOnlyList<string> Of(string typeName) => Sections.TryGetValue(typeName, out var section)
        ? [.. section.GetProperties().Where(property => property.CanWrite).Select(property => CamelCaseNamingConvention.Instance.Apply(property.Name))]
        : [];

    private static HashSet<Type> Under(IEnumerable<Type> roots)
    {
        var known = new HashSet<Type>();
        var open = new Queue<Type>(roots);
        while (open.TryDequeue(out var section))
        {
            if (known.Add(section))
            {
                foreach (var type in section.GetProperties().SelectMany(property => Within(property.PropertyType)))
                {
                    open.Enqueue(type);
                }
            }
        }

        return known;
    }

    // Sections are classes of this program, alone, in lists, or by name.
    private static IEnumerable<Type> Within(Type type) => type.IsGenericType ? type.GenericTypeArguments.SelectMany(Within)
        : type.IsClass && type.Namespace?.StartsWith(nameof(Liaison), StringComparison.Ordinal) == true ? [type]
        : [];
}
