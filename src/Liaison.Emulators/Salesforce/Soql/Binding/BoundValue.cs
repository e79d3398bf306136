using Liaison.Emulators.Salesforce.Soql.Schema;

namespace Liaison.Emulators.Salesforce.Soql.Binding;

/// <summary>An expression whose names are looked up.</summary>
/// <param name="Shown">How messages name it.</param>
/// <param name="Path">The field behind it; <see langword="null"/> for what is computed.</param>
internal sealed record BoundValue(Func<ISoqlRow, object?> Read, SoqlType Type, string Shown, BoundPath? Path = null)
{
    /// <summary>Gets the field that it is or is made of, for its picklist and its rights.</summary>
    public SoqlField? Field { get; init; } = Path?.Field;

    public bool IsNumber => Type is SoqlType.Int or SoqlType.Double or SoqlType.Currency or SoqlType.Percent;

    public bool IsDay => Type is SoqlType.Date or SoqlType.DateTime;

    public bool IsId => Type is SoqlType.Id or SoqlType.Reference;

    public bool IsText => Type is SoqlType.String or SoqlType.TextArea or SoqlType.Email or SoqlType.Phone or SoqlType.Url
        or SoqlType.Picklist or SoqlType.MultiPicklist or SoqlType.ComboBox or SoqlType.EncryptedString or SoqlType.AnyType;
}
