package org.seawall.serializer.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads segment.proto itself into a descriptor, so that the library works with the text that we publish. It knows as much
 * of the language as that file uses, and throws at anything else.
 */
final class SchemaFile {
    static final String TEXT = text();

    private static final Pattern TOKEN = Pattern.compile("[\\w.]+|\"[^\"]*\"|[{}=;\\[\\]]");
    private static final Set<String> SCALARS =
            Set.of("string", "bytes", "uint32", "int64", "sint64", "fixed32", "float", "double", "bool");

    private final Deque<String> tokens = new ArrayDeque<>();
    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();

    private SchemaFile(String text) {
        Matcher matcher = TOKEN.matcher(text.replaceAll("//.*", ""));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    static FileDescriptor descriptor() {
        try {
            return FileDescriptor.buildFrom(new SchemaFile(TEXT).read(), new FileDescriptor[0]);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("segment.proto is not valid", e);
        }
    }

    private FileDescriptorProto read() {
        file.setName("segment.proto");
        while (!tokens.isEmpty()) {
            switch (tokens.remove()) {
                case "syntax" -> {
                    skip("=");
                    file.setSyntax(tokens.remove().replace("\"", ""));
                    skip(";");
                }
                case "package" -> {
                    file.setPackage(tokens.remove());
                    skip(";");
                }
                case "message" -> file.addMessageType(message());
                case "enum" -> file.addEnumType(enumeration());
                default -> throw new IllegalStateException("not known, before " + tokens);
            }
        }
        return file.build();
    }

    private EnumDescriptorProto enumeration() {
        EnumDescriptorProto.Builder type = EnumDescriptorProto.newBuilder().setName(tokens.remove());
        skip("{");
        while (!tokens.peek().equals("}")) {
            EnumValueDescriptorProto.Builder value =
                    EnumValueDescriptorProto.newBuilder().setName(tokens.remove());
            skip("=");
            type.addValue(value.setNumber(Integer.parseInt(tokens.remove())));
            skip(";");
        }
        skip("}");
        return type.build();
    }

    private DescriptorProto message() {
        DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(tokens.remove());
        skip("{");
        while (!tokens.peek().equals("}")) {
            if (tokens.peek().equals("oneof")) {
                tokens.remove();
                oneof(type);
            } else {
                type.addField(field(type));
            }
        }
        skip("}");
        return type.build();
    }

    private void oneof(DescriptorProto.Builder type) {
        type.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.remove()));
        skip("{");
        while (!tokens.peek().equals("}")) {
            type.addField(field(type).setOneofIndex(type.getOneofDeclCount() - 1));
        }
        skip("}");
    }

    private FieldDescriptorProto.Builder field(DescriptorProto.Builder owner) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setLabel(Label.LABEL_OPTIONAL);
        String first = tokens.remove();
        if (first.equals("repeated")) {
            field.setLabel(Label.LABEL_REPEATED);
        }
        boolean explicit = first.equals("optional");
        String type = explicit || first.equals("repeated") ? tokens.remove() : first;
        field.setName(tokens.remove());
        if (SCALARS.contains(type)) {
            field.setType(Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
        } else {
            field.setTypeName("." + file.getPackage() + "." + type);
        }
        if (explicit) {
            field.setProto3Optional(true).setOneofIndex(owner.getOneofDeclCount());
            owner.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
        }
        skip("=");
        field.setNumber(Integer.parseInt(tokens.remove()));
        if (tokens.peek().equals("[")) {
            for (String token : new String[] {"[", "packed", "=", "true", "]"}) {
                skip(token);
            }
            field.getOptionsBuilder().setPacked(true);
        }
        skip(";");
        return field;
    }

    private void skip(String expected) {
        String token = tokens.remove();
        if (!token.equals(expected)) {
            throw new IllegalStateException("expected " + expected + " but " + token + ", before " + tokens);
        }
    }

    private static String text() {
        try (InputStream file = ProtobufSerializer.class.getResourceAsStream("segment.proto")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("segment.proto is not readable", e);
        }
    }
}
