using Liaison.Failures;
using Liaison.Pipelines.Scorecards;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Eval;

/// <summary>Reads a scorecard from YAML.</summary>
internal static class ScorecardFile
{
    public static Result<Scorecard> Read(string path)
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        try
        {
            return Scorecard.Create(yaml.Deserialize<ScorecardOptions>(File.ReadAllText(path)));
        }
        catch (YamlException broken)
        {
            return new Failure(FailureKind.Invalid, $"{Path.GetFileName(path)} is not a scorecard: {broken.Start}: {broken.Message}");
        }
    }
}
