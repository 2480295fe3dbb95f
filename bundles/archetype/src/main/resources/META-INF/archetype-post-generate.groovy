import java.nio.file.Path

// All kinds were made, each in a directory of its name: the one that was asked for becomes the project, the others go.
def project = Path.of(request.outputDirectory, request.artifactId).toFile()
def kinds = ['filesystem', 'serializer', 'strategy']
def kind = new File(project, request.properties.getProperty('kind'))
new File(project, 'pom.xml').delete()
kind.listFiles().each { file ->
    if (!file.renameTo(new File(project, file.name))) {
        throw new IOException("file cannot be moved, file=$file")
    }
}
kinds.each { new File(project, it).deleteDir() }
