using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Courier.Host.Tests.Architecture;

/// <summary>Which type of an assembly uses which other type of it, read from the compiled code: signatures, bodies, attributes' constructors.</summary>
internal static class References
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (ushort)o.Value & 0xFFFF, o => o.OperandType);

    /// <summary>Pairs of namespaces: the one that uses, the one that is used.</summary>
    public static IReadOnlySet<(string From, string To)> BetweenNamespaces(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = file.GetMetadataReader();
        var found = new HashSet<(string, string)>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var from = NamespaceOf(reader, handle);
            foreach (var used in UsedBy(file, reader, handle)) found.Add((from, NamespaceOf(reader, used)));
        }
        return found;
    }

    private static IEnumerable<TypeDefinitionHandle> UsedBy(PEReader file, MetadataReader reader, TypeDefinitionHandle handle)
    {
        var names = new Names();
        var type = reader.GetTypeDefinition(handle);
        names.Add(reader, type.BaseType);
        foreach (var i in type.GetInterfaceImplementations()) names.Add(reader, reader.GetInterfaceImplementation(i).Interface);
        foreach (var f in type.GetFields()) reader.GetFieldDefinition(f).DecodeSignature(names, null);
        foreach (var m in type.GetMethods()) Method(file, reader, reader.GetMethodDefinition(m), names);
        foreach (var a in type.GetCustomAttributes()) names.Add(reader, reader.GetCustomAttribute(a).Constructor);
        return names.Found;
    }

    private static void Method(PEReader file, MetadataReader reader, MethodDefinition method, Names names)
    {
        method.DecodeSignature(names, null);
        if (method.RelativeVirtualAddress == 0) return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions) names.Add(reader, region.CatchType);
        var il = body.GetILReader();
        while (il.RemainingBytes > 0) Instruction(ref il, reader, names);
    }

    private static void Instruction(ref BlobReader il, MetadataReader reader, Names names)
    {
        int code = il.ReadByte();
        if (code == 0xFE) code = 0xFE00 | il.ReadByte();
        switch (Operands[code])
        {
            case OperandType.InlineNone: break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: il.ReadByte(); break;
            case OperandType.InlineVar: il.ReadInt16(); break;
            case OperandType.InlineI8 or OperandType.InlineR: il.ReadInt64(); break;
            case OperandType.InlineSwitch:
                var targets = il.ReadInt32();
                il.Offset += targets * 4;
                break;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                names.Add(reader, MetadataTokens.EntityHandle(il.ReadInt32()));
                break;
            default: il.ReadInt32(); break;
        }
    }

    private static string NamespaceOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = reader.GetTypeDefinition(type.GetDeclaringType());
        return reader.GetString(type.Namespace);
    }

    /// <summary>Collects the assembly's own types out of handles and signatures.</summary>
    private sealed class Names : ISignatureTypeProvider<object?, object?>
    {
        public HashSet<TypeDefinitionHandle> Found { get; } = [];

        public void Add(MetadataReader reader, EntityHandle handle)
        {
            if (handle.IsNil) return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition: Found.Add((TypeDefinitionHandle)handle); break;
                case HandleKind.TypeSpecification: reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null); break;
                case HandleKind.MethodDefinition: Found.Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.FieldDefinition: Found.Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.MemberReference: Member(reader, reader.GetMemberReference((MemberReferenceHandle)handle)); break;
                case HandleKind.MethodSpecification: Generic(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle)); break;
            }
        }

        private void Member(MetadataReader reader, MemberReference member)
        {
            Add(reader, member.Parent);
            if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(this, null);
            else member.DecodeFieldSignature(this, null);
        }

        private void Generic(MetadataReader reader, MethodSpecification method)
        {
            Add(reader, method.Method);
            method.DecodeSignature(this, null);
        }

        public object? GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Found.Add(handle);
            return null;
        }

        public object? GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public object? GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => null;
        public object? GetArrayType(object? elementType, ArrayShape shape) => null;
        public object? GetByReferenceType(object? elementType) => null;
        public object? GetFunctionPointerType(MethodSignature<object?> signature) => null;
        public object? GetGenericInstantiation(object? genericType, ImmutableArray<object?> typeArguments) => null;
        public object? GetGenericMethodParameter(object? genericContext, int index) => null;
        public object? GetGenericTypeParameter(object? genericContext, int index) => null;
        public object? GetModifiedType(object? modifier, object? unmodifiedType, bool isRequired) => null;
        public object? GetPinnedType(object? elementType) => null;
        public object? GetPointerType(object? elementType) => null;
        public object? GetPrimitiveType(PrimitiveTypeCode typeCode) => null;
        public object? GetSZArrayType(object? elementType) => null;
    }
}
