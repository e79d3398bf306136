namespace Liaison.Emulators.Salesforce.Soql;

/// <summary>Why a statement is refused: the code and message of the error array (contract section 10).</summary>
internal sealed record SoqlFault(string ErrorCode, string Message);
