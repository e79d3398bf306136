using Liaison.Alerts;
using Liaison.Identity;
using Liaison.Pipelines;
using Liaison.Pipelines.Scorecards;
using Liaison.Policy;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;
using YamlDotNet.Serialization.NamingConventions;

namespace Liaison.Cli.Configuration;

/// <summary>The keys that each section of the configuration knows, for the sentence that tells of an unknown one.</summary>
internal static class OptionKeys
{
    private static readonly Type[] Sections =
    [
        typeof(LiaisonOptions), typeof(PipelineOptions), typeof(ScheduleOptions), typeof(StorageOptions), typeof(StoreOptions), typeof(AuditOptions), typeof(AlertOptions), typeof(WebhookOptions), typeof(DeadLetterOptions), typeof(ChangeOptions), typeof(ConnectionOptions), typeof(CredentialOptions),
        typeof(SignInOptions), typeof(AppOptions), typeof(MappedOptions), typeof(MappedUserOptions),
        typeof(PolicyOptions), typeof(MemberOptions), typeof(GrantOptions), typeof(PurposeOptions), typeof(AgentOptions),
        typeof(BlastRadiusOptions), typeof(RuleOptions), typeof(ApprovalOptions), typeof(QualifyOptions), typeof(RaiseOptions),
        typeof(ScorecardOptions), typeof(NamedScoreOptions), typeof(CriterionOptions), typeof(MatchOptions), typeof(ScaleOptions), typeof(PlaybookOptions),
        typeof(AccessOptions), typeof(OidcOptions), typeof(ServerOptions),
    ];

    /// <summary>Gives the keys of a section by its type's full name; none where it is not known.</summary>
    public static IReadOnlyList<string> Of(string typeName) =>
        Array.Find(Sections, section => section.FullName == typeName) is { } found
            ? [.. found.GetProperties().Select(property => CamelCaseNamingConvention.Instance.Apply(property.Name))]
            : [];
}
