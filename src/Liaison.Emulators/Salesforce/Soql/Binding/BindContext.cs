using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>One statement while its names are looked up, and the first fault that was met.</summary>
/// <remarks>As in the parser, whoever finds a fault sets it here and answers null; nothing is thrown.</remarks>
internal sealed class BindContext(string text, ISoqlSchema schema, bool withDeleted)
{
    public ISoqlSchema Schema => schema;

    public SoqlLocale Locale => schema.Locale;

    /// <summary>Gets whether the recycle bin is read too (queryAll).</summary>
    public bool WithDeleted => withDeleted;

    public SoqlFault? Fault { get; private set; }

    /// <summary>Sets the fault, with the place in the statement shown.</summary>
    public void Refuse(string code, int at, string detail) => Fault ??= SoqlMessage.At(code, text, at, detail);

    /// <summary>Sets a fault that comes without a place.</summary>
    public void Refuse(string code, string message) => Fault ??= new SoqlFault(code, message);
}
