using System.Text.Json.Serialization;
using Liaison.Gateway.Documents;
using Liaison.Server.Rest.Problems;

namespace Liaison.Server.Rest.Views;

/// <summary>The JSON that the REST door speaks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(ConnectionListView))]
[JsonSerializable(typeof(SchemaView))]
[JsonSerializable(typeof(QueryBody))]
[JsonSerializable(typeof(CountBody))]
[JsonSerializable(typeof(AssociationsBody))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(RecordPageView))]
[JsonSerializable(typeof(CountView))]
[JsonSerializable(typeof(AssociationListView))]
[JsonSerializable(typeof(ChangeDocument))]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(ChangeSetBody))]
[JsonSerializable(typeof(ProposalView))]
[JsonSerializable(typeof(ChangeListView))]
[JsonSerializable(typeof(ApprovalSetView))]
[JsonSerializable(typeof(ChangeResultsView))]
[JsonSerializable(typeof(UndoView))]
[JsonSerializable(typeof(StoppedAgentListView))]
[JsonSerializable(typeof(PromotionBody))]
[JsonSerializable(typeof(WritesBody))]
[JsonSerializable(typeof(WriteStandingListView))]
[JsonSerializable(typeof(SafetyReportView))]
[JsonSerializable(typeof(DoneView))]
[JsonSerializable(typeof(DeadLetterBody))]
[JsonSerializable(typeof(DeadLetterDocument))]
[JsonSerializable(typeof(DeadLetterListView))]
[JsonSerializable(typeof(ReplayedListView))]
[JsonSerializable(typeof(DiscardedDocument))]
[JsonSerializable(typeof(PlannedDocument))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(CallListView))]
[JsonSerializable(typeof(ConnectionStateListView))]
[JsonSerializable(typeof(AlertListView))]
[JsonSerializable(typeof(AuditListView))]
[JsonSerializable(typeof(AuditVerificationView))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyListView))]
[JsonSerializable(typeof(IssuedKeyView))]
internal sealed partial class RestJson : JsonSerializerContext;

/// <summary>That the process serves.</summary>
internal sealed record HealthView(string Status);
