using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Liaison.House.Tests.Compiled;

/// <summary>Names the types that metadata speaks of; a signature names all the types that it is made of.</summary>
internal sealed class TypeNames(MetadataReader metadata) : ISignatureTypeProvider<ImmutableArray<TypeKey>, object?>
{
    public string AssemblyName { get; } = metadata.GetString(metadata.GetAssemblyDefinition().Name);

    public TypeKey Of(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Of(outer)
            : new TypeKey(AssemblyName, metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    public ImmutableArray<TypeKey> Of(EntityHandle handle) => handle.Kind switch
    {
        _ when handle.IsNil => [],
        HandleKind.TypeDefinition => [Of((TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => Of((TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        _ => [],
    };

    public ImmutableArray<TypeKey> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [Of(handle)];

    public ImmutableArray<TypeKey> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(handle);

    public ImmutableArray<TypeKey> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Of(handle);

    public ImmutableArray<TypeKey> GetGenericInstantiation(
        ImmutableArray<TypeKey> genericType, ImmutableArray<ImmutableArray<TypeKey>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(argument => argument)];

    public ImmutableArray<TypeKey> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeKey>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(parameter => parameter)];

    public ImmutableArray<TypeKey> GetArrayType(ImmutableArray<TypeKey> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<TypeKey> GetSZArrayType(ImmutableArray<TypeKey> elementType) => elementType;

    public ImmutableArray<TypeKey> GetByReferenceType(ImmutableArray<TypeKey> elementType) => elementType;

    public ImmutableArray<TypeKey> GetPointerType(ImmutableArray<TypeKey> elementType) => elementType;

    public ImmutableArray<TypeKey> GetPinnedType(ImmutableArray<TypeKey> elementType) => elementType;

    public ImmutableArray<TypeKey> GetModifiedType(ImmutableArray<TypeKey> modifier, ImmutableArray<TypeKey> unmodifiedType, bool isRequired) => unmodifiedType;

    public ImmutableArray<TypeKey> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<TypeKey> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeKey> GetGenericMethodParameter(object? genericContext, int index) => [];

    private ImmutableArray<TypeKey> Of(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Of((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => [KeyOf(type, metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)],
            _ => [],
        };
    }

    private TypeKey KeyOf(TypeReference type, StringHandle assembly) =>
        new(metadata.GetString(assembly), metadata.GetString(type.Namespace), metadata.GetString(type.Name));
}
